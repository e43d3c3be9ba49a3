import type { PlanhatAnswer, PlanhatRefusal } from '../transport/request';
import type { Limits } from './pack';
import { bytesOf, type Part } from './parts';

/** A row that is refused for its size tells of larger ones alone; after so many, of those half as large too. */
const mostRowsTried = 10;

/** Learns from what comes back how large a request may be, for the rest of the run. */
export class Sizes {
	private rowsTried = 0;

	/** @param limits are made smaller */
	constructor(private readonly limits: Limits) {}

	/** Whether a row alone is as large as one that was refused for it. */
	isTooLarge(part: Part): boolean {
		return part.places.length === 1 && bytesOf(part) > this.limits.rowBytes;
	}

	/** Whether a part should be sent in smaller ones. */
	isAbove(part: Part): boolean {
		return part.places.length > 1 && bytesOf(part) > this.limits.bytes;
	}

	/**
	 * Learns that a part was too large: it was refused for that (413), or its answer was lost, perhaps for that.
	 * @returns whether its rows can go in smaller parts
	 */
	learn(part: Part): boolean {
		const bytes = bytesOf(part);
		if (part.places.length > 1) {
			this.limits.bytes = Math.min(this.limits.bytes, Math.floor(bytes / 2));
			return true;
		}
		this.rowsTried += 1;
		const least = this.rowsTried < mostRowsTried ? bytes - 1 : Math.floor(bytes / 2);
		this.limits.rowBytes = Math.min(this.limits.rowBytes, least);
		return false;
	}
}

/** Whether Planhat, or a proxy before it, refused a request for its size; it was surely not applied then. */
export function isRefusedForSize(answer: PlanhatAnswer | PlanhatRefusal): boolean {
	return 'failure' in answer && answer.failure.code === '413';
}
