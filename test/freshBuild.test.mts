import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Jest takes the setup of all tests as it stands, so that it is no TypeScript. */
const { staleBuild } = createRequire(__filename)('./freshBuild.js') as {
	staleBuild(root: string): string | undefined;
};

describe('The build that engine tests run', () => {
	let root: string;

	/** Seconds since 1970. */
	function write(path: string, changed: number): void {
		const file = join(root, path);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, '');
		utimesSync(file, changed, changed);
	}

	beforeEach(() => {
		root = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-build-'));
		write('nodes/Planhat/rows/keys.ts', 1_000);
		write('credentials/PlanhatApi.credentials.ts', 1_000);
	});

	afterEach(() => rmSync(root, { recursive: true }));

	function build(changed: number): void {
		write('dist/nodes/Planhat/rows/keys.js', changed);
		write('dist/credentials/PlanhatApi.credentials.js', changed);
	}

	it('is good when every file was built after its source was changed', () => {
		build(1_001);
		expect(staleBuild(root)).toBeUndefined();
	});

	it('is stale when there is none', () => {
		expect(staleBuild(root)).toBe("There is no dist/nodes. Run 'npm run build' first.");
	});

	it('is stale when a source was changed after it', () => {
		build(1_001);
		write('nodes/Planhat/rows/keys.ts', 1_002);
		expect(staleBuild(root)).toBe("dist is older than nodes/Planhat/rows/keys.ts. Run 'npm run build' first.");
	});

	it('is stale when the source of a credential was changed after it', () => {
		build(1_001);
		write('credentials/PlanhatApi.credentials.ts', 1_002);
		expect(staleBuild(root)).toMatch(/^dist is older than credentials\/PlanhatApi.credentials.ts/);
	});

	it('is stale when it lacks a file', () => {
		build(1_001);
		write('nodes/Planhat/rows/row.ts', 1_000);
		expect(staleBuild(root)).toMatch(/^dist is older than nodes\/Planhat\/rows\/row.ts/);
	});

	it('is stale when it holds a file whose source is gone', () => {
		build(1_001);
		write('dist/nodes/Planhat/operations/old.js', 1_001);
		expect(staleBuild(root)).toMatch(/^dist\/nodes\/Planhat\/operations\/old.js has no source any more/);
	});
});
