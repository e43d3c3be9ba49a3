/**
 * The waiting that a run may do for failures, however many requests are held up by one. Waiting for refusals by the quota is
 * given back with the next success: then it has led somewhere, and a run of hours may meet many.
 */
export class Patience {
	private lost = 0;

	private refused = 0;

	private countedUntil = -Infinity;

	/** @param most milliseconds */
	constructor(private readonly most: number) {}

	/** Milliseconds. */
	get left(): number {
		return Math.max(0, this.most - this.lost - this.refused);
	}

	get isFresh(): boolean {
		return this.lost + this.refused === 0;
	}

	/** Takes a stretch of time that a request has lost; what others have lost at the same time is counted once. */
	spend(from: number, to: number, isRefusal = false): void {
		const time = Math.max(0, to - Math.max(from, this.countedUntil));
		this.countedUntil = Math.max(this.countedUntil, to);
		if (isRefusal) this.refused += time;
		else this.lost += time;
	}

	succeeded(): void {
		this.refused = 0;
	}
}
