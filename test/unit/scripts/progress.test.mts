import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { createProgress } from '../../../scripts/lib/progress.mjs';
import { createScreen } from '../../../scripts/lib/screen.mjs';

const toLineStart = '\u001b[1G';
const clearLine = '\u001b[2K';

/** Stands in for standard output: a terminal, or a file. */
function streamOf(isTTY: boolean, columns?: number) {
	const stream = { isTTY, columns, text: '', write: (text: string) => ((stream.text += text), true) };
	return stream;
}

function progressOn(stream: ReturnType<typeof streamOf>, kept: string[] = []) {
	const screen = createScreen({
		stream: stream as unknown as NodeJS.WriteStream,
		errorStream: stream as unknown as NodeJS.WriteStream,
		keep: (line: string) => void kept.push(line),
		hide: (text: string) => text.replaceAll('s3cret', '***'),
	});
	return { ...createProgress({ screen }), screen };
}

describe('what npm start shows of a step', () => {
	beforeEach(() => {
		jest.useFakeTimers();
	});
	afterEach(() => {
		jest.useRealTimers();
	});

	const lasting = (seconds: number) => async () => await jest.advanceTimersByTimeAsync(seconds * 1_000);

	it('is one line that counts in place where there is a terminal', async () => {
		const stream = streamOf(true);
		await progressOn(stream).step('Compiling', lasting(2.5));
		const again = `${toLineStart}${clearLine}`;
		const lines = ['[   0 s] Compiling … 0 s', '[   1 s] Compiling … 1 s', '[   2 s] Compiling … 2 s'];
		expect(stream.text).toBe(`${lines.join(again)}${again}[   3 s] Compiling: done in 3 s\n`);
	});

	it('is few lines where there is none: its start, its end, and one a minute', async () => {
		const stream = streamOf(false);
		await progressOn(stream).step('Compiling', lasting(200));
		expect(stream.text.trim().split('\n')).toEqual([
			'[   0 s] Compiling …',
			'[  60 s] Compiling … 60 s',
			'[ 120 s] Compiling … 120 s',
			'[ 180 s] Compiling … 180 s',
			'[ 200 s] Compiling: done in 200 s',
		]);
	});

	it('says at once what has changed', async () => {
		const stream = streamOf(false);
		await progressOn(stream).step('Fetching', async (note) => {
			await lasting(7)();
			note('try 2 of 3');
		});
		expect(stream.text).toContain('[   7 s] Fetching … 7 s (try 2 of 3)\n');
	});

	it('says that it has failed, and counts no more', async () => {
		const stream = streamOf(false);
		const step = progressOn(stream).step('Fetching', async () => {
			await lasting(4)();
			throw new Error('no');
		});
		await expect(step).rejects.toThrow('no');
		await lasting(300)();
		expect(stream.text).toBe('[   0 s] Fetching …\n[   4 s] Fetching: failed after 4 s\n');
	});

	it('never wraps in a narrow terminal, where a second line would stay behind', async () => {
		const stream = streamOf(true, 20);
		await progressOn(stream).step('Compiling SQLite for n8n', lasting(0));
		expect(stream.text.slice(0, stream.text.indexOf(toLineStart))).toBe('[   0 s] Compiling ');
	});

	it('makes way for other lines', () => {
		const stream = streamOf(true);
		const { screen } = progressOn(stream);
		screen.change('counting');
		screen.printError('Something else');
		screen.print('More');
		expect(stream.text).toBe(`counting${toLineStart}${clearLine}Something else\nMore\n`);
	});

	it('is kept line by line, and shows no secret', () => {
		const stream = streamOf(true);
		const kept: string[] = [];
		const { screen, say } = progressOn(stream, kept);
		screen.change('at s3cret');
		say('the s3cret');
		expect(stream.text).not.toContain('s3cret');
		expect(kept).toEqual(['[   0 s] the ***']);
	});
});
