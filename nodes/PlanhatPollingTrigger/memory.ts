import { pointAt, settled, sinceOf, slid, versionOf, type Edge, type Mark, type Point } from './edge';

/** Changes that were handed over above others that were not: a poll was full, or out of time. */
interface Island {
	top: Edge;
	bottom: Point;
	/** Where its last record stood in the list; other records may have moved since. */
	position: number;
}

/** What a trigger remembers from one poll to the next. It is JSON, and small. */
export interface Memory {
	/** All changes before this time were handed over, and at it those of its records. */
	until: Edge;
	island?: Island;
	/** Changes that were handed over although their time lay ahead of the clock: times by ID. */
	ahead: Record<string, number>;
}

/** More than these are taken for ordinary: then it is the clock that is wrong. */
const mostAhead = 1_000;

/** What is remembered of a list that nobody has read yet: all of it is new. */
export const emptyMemory: Memory = { until: { time: 0, ids: [] }, ahead: {} };

/** Tells what is new by what is remembered. */
export class Remembered {
	private readonly atUntil: ReadonlySet<string>;

	private readonly atBottom: ReadonlySet<string>;

	private readonly recent: ReadonlySet<string>;

	private readonly since: number;

	constructor(readonly memory: Memory) {
		this.atUntil = new Set(memory.until.ids);
		this.atBottom = new Set(memory.island?.bottom.ids);
		this.recent = new Set(memory.until.recent?.map(versionOf));
		this.since = sinceOf(memory.until);
	}

	/** Whether this version was handed over before. */
	isHandedOver(mark: Mark): boolean {
		const { ahead, until } = this.memory;
		const { id, time } = mark;
		if (time < this.since || ahead[id] === time || this.recent.has(versionOf(mark))) return true;
		return time === until.time && this.atUntil.has(id);
	}

	/** Whether it lies above what a poll that was cut short has left; it waits for a poll after that. */
	isAboveGap({ id, time }: Mark): boolean {
		const bottom = this.memory.island?.bottom;
		return bottom !== undefined && (time > bottom.time || (time === bottom.time && this.atBottom.has(id)));
	}

	/** Whether no record from this time on can be new. */
	isPast(time: number): boolean {
		return time < this.since;
	}

	/** Whether a page whose first record this is leaves nothing out between itself and the island. */
	reachesIsland(mark: Mark): boolean {
		return this.memory.island === undefined || this.isAboveGap(mark);
	}
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
	const { until, island } = advanced({ ...memory, ahead }, ordinary, cutAt);
	const kept = [...ahead].filter(([, time]) => time >= until.time);
	const isWhole = memory.island === undefined && island === undefined;
	return {
		until: isWhole ? settled(until, now) : until,
		...(island && { island }),
		ahead: Object.fromEntries(kept),
	};
}

/** What is remembered of a list that is there already: nothing of it is to come. */
export function begun(marks: readonly Mark[], now: number): Memory {
	const { until, ahead } = after(emptyMemory, { marks }, now);
	return { until: { time: until.time, ids: until.ids }, ahead };
}

/** What is remembered where other records are listed from now on: of them, what is older than a time is no change. */
export function broughtTo(memory: Memory, time: number): Memory {
	if (memory.island !== undefined || memory.until.time >= time) return memory;
	return { ...memory, until: { time, ids: [] } };
}

function advanced(
	{ until, island, ahead }: Omit<Memory, 'ahead'> & { ahead: ReadonlyMap<string, number> },
	marks: readonly Mark[],
	cutAt?: number,
): Omit<Memory, 'ahead'> {
	const last = marks.at(-1);
	// With an island there may be marks at the very time of its top that were read only now.
	const edge = slid(island?.top ?? until, marks, ahead);
	if (cutAt === undefined) return { until: edge };
	const bottom = last === undefined ? island?.bottom : pointAt(last.time, marks, island?.bottom);
	if (bottom === undefined) return { until: edge };
	return { until, island: { top: edge, bottom, position: cutAt } };
}
