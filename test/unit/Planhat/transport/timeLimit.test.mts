import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';

import { lateError, TimeLimit } from '../../../../nodes/Planhat/transport/timeLimit.ts';

describe('a time limit', () => {
	it('passes after silence, or when the whole takes too long, and once', async () => {
		const passed: string[] = [];
		new TimeLimit(20, 10_000, () => passed.push('silence'));
		const whole = new TimeLimit(10_000, 40, () => passed.push('whole'));
		for (let turn = 0; turn < 10; turn += 1) {
			await sleep(10);
			whole.heard();
		}
		expect(passed).toEqual(['silence', 'whole']);
	});

	it('is moved by what is heard, and taken back at the end', async () => {
		const passed: string[] = [];
		const heard = new TimeLimit(500, 10_000, () => passed.push('heard'));
		const ended = new TimeLimit(10, 10, () => passed.push('ended'));
		ended.end();
		heard.heard();
		await sleep(50);
		expect(passed).toEqual([]);
		heard.end();
	});

	it("has the code of n8n's own", () => {
		expect(lateError()).toMatchObject({ code: 'ECONNABORTED' });
	});
});
