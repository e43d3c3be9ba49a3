import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';

const root = join(__dirname, '../..');
const rooms: unknown[] = JSON.parse(readFileSync(join(__dirname, 'rooms.json'), 'utf8'));
const folders: string[] = [];

/** A small house. `transport/errors.ts` may import `values/checks.ts`, and the node all that is below it. */
const sound: Record<string, string> = {
	'nodes/Planhat/Planhat.node.ts': "import { text } from './description/properties';\nexport const node = text;\n",
	'nodes/Planhat/description/properties.ts': "import { send } from '../run/runItems';\nexport const text = send;\n",
	'nodes/Planhat/run/runItems.ts': "import { error } from '../transport/errors';\nexport const send = error;\n",
	'nodes/Planhat/transport/errors.ts': "import { isBlank } from '../values/checks';\nexport const error = isBlank;\n",
	'nodes/Planhat/values/checks.ts': 'export const isBlank = true;\n',
};

function check(files: Record<string, string>) {
	const folder = mkdtempSync(join(tmpdir(), 'planhat-house-'));
	folders.push(folder);
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return run('imports.mjs', folder);
}

function run(script: string, ...args: string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'test/house', script), ...args], {
		cwd: root,
		encoding: 'utf8',
	});
	return { status, said: stdout + stderr };
}

afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true });
});

describe('the rule of rooms', () => {
	it('lets a house pass whose arrows all point down', () => {
		expect(check(sound)).toEqual({ status: 0, said: `5 of 5 files, ${rooms.length} rooms\n` });
	}, 60_000);

	it('refuses an arrow up, also of a type alone, circles of types, unknown folders and files that nothing imports', () => {
		const { status, said } = check({
			...sound,
			'nodes/Planhat/values/checks.ts':
				"import type { error } from '../transport/errors';\nexport type isBlank = typeof error;\n",
			'nodes/Planhat/resources/index.ts': "import type { Kind } from './kind';\nexport type Model = Kind;\n",
			'nodes/Planhat/resources/kind.ts': "import type { Model } from './index';\nexport type Kind = Model;\n",
			'nodes/Planhat/helpers/help.node.ts': 'export const help = true;\n',
			'nodes/Planhat/values/json.ts': 'export const parsed = true;\n',
			'nodes/PlanhatTrigger/options.ts': 'export const options = true;\n',
			'nodes/PlanhatTrigger/delivery/body.ts': "export { options } from '../options';\n",
		});
		expect(status).toBe(1);
		expect(said).toContain(
			'values imports nothing: nodes/Planhat/values/checks.ts > nodes/Planhat/transport/errors.ts',
		);
		expect(said).toContain('nodes/PlanhatTrigger/delivery/body.ts > nodes/PlanhatTrigger/options.ts');
		expect(said).toContain('files in a circle: nodes/Planhat/resources/index.ts > nodes/Planhat/resources/kind.ts');
		expect(said).toContain('In no room of rooms.json: nodes/Planhat/helpers/help.node.ts');
		expect(said).toContain('Nothing imports it: nodes/Planhat/values/json.ts');
	}, 60_000);

	it('is not green where there is nothing to check', () => {
		expect(check({ 'README.md': '' })).toEqual({ status: 1, said: 'There is no file to check.\n' });
	}, 60_000);
});

describe('docs/architecture.md', () => {
	it('shows the rooms of the map, and names only files that are there', () => {
		expect(run('architecture.mjs', '--check')).toEqual({ status: 0, said: '' });
	}, 60_000);
});
