/** A version of a record: its ID, and when it was saved (milliseconds since 1970). */
export interface Mark {
	id: string;
	time: number;
}

/** A point in time, and the IDs of the records that were read at that very time. */
interface Point {
	time: number;
	ids: string[];
}

/** Changes that were handed over above others that were not: a poll was full, or out of time. */
interface Island {
	top: Point;
	bottom: Point;
	/** Where its last record stood in the list; other records may have moved since. */
	position: number;
}

/** What a trigger remembers from one poll to the next. It is JSON, and small. */
export interface Memory {
	/** All changes before this time were handed over, and at it those of its records. */
	until: Point;
	island?: Island;
	/** Changes that were handed over although their time lay ahead of the clock: times by ID. */
	ahead: Record<string, number>;
}

/** More than these are taken for ordinary: then it is the clock that is wrong. */
const mostAhead = 1_000;

/** What is remembered of a list that nobody has read yet: all of it is new. */
export const emptyMemory: Memory = { until: { time: 0, ids: [] }, ahead: {} };

function isBefore(point: Point, ids: ReadonlySet<string>, { id, time }: Mark): boolean {
	return time < point.time || (time === point.time && ids.has(id));
}

/** Tells what is new by what is remembered. */
export class Remembered {
	private readonly atUntil: ReadonlySet<string>;

	private readonly atBottom: ReadonlySet<string>;

	constructor(readonly memory: Memory) {
		this.atUntil = new Set(memory.until.ids);
		this.atBottom = new Set(memory.island?.bottom.ids);
	}

	/** Whether this version was handed over before. */
	isHandedOver(mark: Mark): boolean {
		return this.memory.ahead[mark.id] === mark.time || isBefore(this.memory.until, this.atUntil, mark);
	}

	/** Whether it lies above what a poll that was cut short has left; it waits for a poll after that. */
	isAboveGap({ id, time }: Mark): boolean {
		const bottom = this.memory.island?.bottom;
		return bottom !== undefined && (time > bottom.time || (time === bottom.time && this.atBottom.has(id)));
	}

	/** Whether no record from this time on can be new. */
	isPast(time: number): boolean {
		return time < this.memory.until.time;
	}

	/** Whether a page whose first record this is leaves nothing out between itself and the island. */
	reachesIsland(mark: Mark): boolean {
		return this.memory.island === undefined || this.isAboveGap(mark);
	}
}

function pointAt(time: number, marks: readonly Mark[], before?: Point): Point {
	const ids = marks.filter((mark) => mark.time === time).map(({ id }) => id);
	return { time, ids: [...new Set([...(before?.time === time ? before.ids : []), ...ids])] };
}

/** From which time on marks lie ahead. A clock that is far behind would have all of them ahead. */
function horizonOf(now: number, ahead: readonly number[]): number {
	const times = [...ahead].sort((one, other) => other - one);
	return Math.max(now, times[mostAhead - 1] ?? 0);
}

/** How a poll ended. */
export interface PollResult {
	/** Versions that were not handed over before the poll, from the latest on, up to the one at which it was cut short. */
	marks: readonly Mark[];
	/** Where the last of them stood in the list, where the poll was cut short. */
	cutAt?: number;
}

/** What is remembered after a poll. Times that lie ahead of `now` hide none that come later. */
export function after(memory: Memory, { marks, cutAt }: PollResult, now: number): Memory {
	const ahead = new Map(Object.entries(memory.ahead));
	for (const { id, time } of marks) if (time > now) ahead.set(id, time);
	const horizon = horizonOf(now, [...ahead.values()]);
	const ordinary = marks.filter(({ time }) => time <= horizon);
	const { until, island } = advanced(memory, ordinary, cutAt);
	const kept = [...ahead].filter(([, time]) => time >= until.time);
	return { until, ...(island && { island }), ahead: Object.fromEntries(kept) };
}

function advanced({ until, island }: Memory, marks: readonly Mark[], cutAt?: number): Omit<Memory, 'ahead'> {
	const [first] = marks;
	const last = marks.at(-1);
	if (island !== undefined) {
		// What was saved at the very time of the top, and read only now.
		const top = pointAt(island.top.time, marks, island.top);
		if (cutAt === undefined) return { until: top };
		if (last === undefined) return { until, island: { ...island, top, position: cutAt } };
		return { until, island: { top, bottom: pointAt(last.time, marks, island.bottom), position: cutAt } };
	}
	if (first === undefined || last === undefined) return { until };
	if (cutAt === undefined) return { until: pointAt(first.time, marks, until) };
	return {
		until,
		island: { top: pointAt(first.time, marks, until), bottom: pointAt(last.time, marks), position: cutAt },
	};
}
