import type { Clock } from '../../nodes/Planhat/quota/clock.ts';

interface Sleeper {
	until: number;
	wake(): void;
}

/** Lets everything run that waits for nothing but its turn. */
export async function settle(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}

/** A clock that stands still until it is moved on, so that hours pass in no time. */
export class FakeClock implements Clock {
	/** How often somebody has gone to sleep. */
	sleeps = 0;

	/** Those who sleep, who wakes first in front. */
	private readonly sleepers: Sleeper[] = [];

	private time = 0;

	now(): number {
		return this.time;
	}

	/** How many are asleep. */
	get asleep(): number {
		return this.sleepers.length;
	}

	async sleep(milliseconds: number): Promise<void> {
		this.sleeps += 1;
		const until = this.time + milliseconds;
		await new Promise<void>((wake) => {
			const later = this.sleepers.findIndex((sleeper) => sleeper.until > until);
			this.sleepers.splice(later < 0 ? this.sleepers.length : later, 0, { until, wake });
		});
	}

	/** Moves on by that much, and stops at every sleeper on the way. */
	async advance(milliseconds: number): Promise<void> {
		const end = this.time + milliseconds;
		await settle();
		for (let next = this.sleepers[0]; next !== undefined && next.until <= end; next = this.sleepers[0]) {
			this.time = Math.max(this.time, next.until);
			this.sleepers.shift();
			next.wake();
			await settle();
		}
		this.time = end;
	}

	/** Moves on until nobody sleeps any more. */
	async run(): Promise<void> {
		await settle();
		for (let next = this.sleepers[0]; next !== undefined; next = this.sleepers[0]) {
			await this.advance(Math.max(0, next.until - this.time));
		}
	}
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}
