import { describe, expect, it } from '@jest/globals';

import { Health } from '../../../../nodes/Planhat/quota/health.ts';
import { Patience } from '../../../../nodes/Planhat/quota/patience.ts';
import { FakeClock } from '../../fakeClock.mts';

const backOff = { after: () => 1_000 };

function down() {
	const clock = new FakeClock();
	const health = new Health(clock);
	health.lost(clock.now(), backOff, 'ECONNREFUSED');
	return { clock, health };
}

describe('a host that does not answer', () => {
	it('is probed by one of all who wait; when it answers, the others go', async () => {
		const { clock, health } = down();
		const turns: string[] = [];
		const ask = async () => turns.push(await health.turn(new Patience(60_000)));
		const all = Promise.all([ask(), ask(), ask()]);
		await clock.advance(10_000);
		expect(turns).toEqual(['probe']);
		health.answered();
		await clock.run();
		await all;
		expect(turns).toEqual(['probe', 'go', 'go']);
	});

	it('is probed by the next where a probe came to nothing', async () => {
		const { clock, health } = down();
		const turns: string[] = [];
		const all = [1, 2].map(async () => turns.push(await health.turn(new Patience(60_000))));
		await clock.advance(1_000);
		health.lost(clock.now(), backOff);
		health.probed();
		await clock.advance(1_000);
		expect(turns).toEqual(['probe', 'probe']);
		await Promise.all(all);
	});

	it('is waited for no longer than the run may, and tells since when it is down', async () => {
		const { clock, health } = down();
		await Promise.all([clock.advance(1_000), health.turn(new Patience(60_000))]);
		const late = health.turn(new Patience(5_000));
		await clock.run();
		expect(await late).toBe('tooLate');
		expect(health.downFor).toBeGreaterThanOrEqual(6_000);
		expect(health.words).toBe('ECONNREFUSED');
	});

	it('is not to blame where others were answered since the request left', async () => {
		const clock = new FakeClock();
		const health = new Health(clock);
		await clock.advance(10);
		health.answered();
		expect(health.lost(5, backOff)).toBe(false);
		expect(health.isDown).toBe(false);
	});

	it('ends the waiting of a cancelled execution', async () => {
		const { clock, health } = down();
		const controller = new AbortController();
		const turn = health.turn(new Patience(60_000), controller.signal);
		controller.abort(new Error('cancelled'));
		const ended = expect(turn).rejects.toThrow('cancelled');
		await clock.advance(100);
		await ended;
	});
});

describe('the patience of a run', () => {
	it('counts what several requests lose at the same time once', () => {
		const patience = new Patience(1_000);
		patience.spend(0, 300);
		patience.spend(100, 400);
		expect(patience.left).toBe(600);
	});

	it('gets back what refusals by the quota took when a request succeeds, and nothing else', () => {
		const patience = new Patience(1_000);
		patience.spend(0, 300, true);
		patience.spend(300, 500);
		patience.succeeded();
		expect(patience.left).toBe(800);
		patience.spend(500, 5_000);
		expect(patience.left).toBe(0);
	});
});
