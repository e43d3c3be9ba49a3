import { beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepOutput, runToEnd } from '../../../scripts/lib/processes.mjs';
import { openStartLog } from '../../../scripts/lib/startLog.mjs';

describe('the log of a start', () => {
	let folder: string;
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), 'log-'));
	});

	const openLog = () => {
		const { file, ...log } = openStartLog({ folder, hide: (text: string) => text.replaceAll('s3cret', '***') });
		if (file === undefined) throw new Error('no log');
		return { file, ...log };
	};

	it('is there with all that was written, for its owner alone', () => {
		const { file, write } = openLog();
		write('one');
		write('a s3cret');
		expect(readFileSync(file, 'utf8')).toBe('one\na ***\n');
		expect(statSync(file).mode & 0o777).toBe(0o600);
	});

	it('holds every line of the programs that were started, not only those that are shown', async () => {
		const { file, write } = openLog();
		keepOutput(write);
		const { output } = await runToEnd(process.execPath, [
			'-e',
			'for (let n = 0; n < 200; n++) console.log("line " + n)',
		]);
		keepOutput(() => {});
		const lines = readFileSync(file, 'utf8').trim().split('\n');
		expect(lines).toHaveLength(200);
		expect(lines[100]).toMatch(/: line 100$/);
		expect(output).not.toContain('line 100\n');
	});

	it('is gone when it was removed, and stays so', () => {
		const { write, remove } = openLog();
		remove();
		write('late');
		remove();
		expect(readdirSync(folder)).toEqual([]);
	});

	it('does without a file where none can be made', () => {
		const missing = join(folder, 'missing');
		const log = openStartLog({ folder: missing });
		log.write('one');
		log.remove();
		expect(log.file).toBeUndefined();
		expect(existsSync(missing)).toBe(false);
	});
});
