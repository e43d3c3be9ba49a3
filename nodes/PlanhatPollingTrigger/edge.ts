/** A version of a record: its ID, and when it was saved (milliseconds since 1970). */
export interface Mark {
	id: string;
	time: number;
}

/** A point in time, and the IDs of the records that were read at that very time. */
export interface Point {
	time: number;
	ids: string[];
}

/** The newest change that was handed over. What was saved at the same time may show a little later in lists. */
export interface Edge extends Point {
	/** From this time on it is known of each version whether it was handed over; left out where it is the edge's own. */
	since?: number;
	/** Those before the edge. */
	recent?: Mark[];
}

/** A save shows in lists once it is done; others that began later may be done first. Milliseconds. */
export const latenessMilliseconds = 10_000;

/** Tells versions apart. */
export function versionOf({ id, time }: Mark): string {
	return `${time} ${id}`;
}

/** After this time nothing is on its way any more, and a poll need not look behind the edge. Milliseconds. */
const settledMilliseconds = 60_000;

/** Versions that are remembered behind an edge, so that what is kept stays small. */
const mostRecent = 1_000;

export function sinceOf({ time, since = time }: Edge): number {
	return since;
}

/** A time, and the IDs at it: those of marks, and those that were known before. */
export function pointAt(time: number, marks: readonly Mark[], before?: Point): Point {
	const ids = marks.filter((mark) => mark.time === time).map(({ id }) => id);
	return { time, ids: [...new Set([...(before?.time === time ? before.ids : []), ...ids])] };
}

/**
 * Lets go of what lies behind an edge that is old enough, once a poll has looked there. Many records of its very time would
 * be read by each poll anew.
 */
export function settled(edge: Edge, now: number): Edge {
	const { time, ids } = edge;
	if (time >= now - settledMilliseconds || sinceOf(edge) > time) return edge;
	return ids.length > mostRecent ? { time, ids: [], since: time + 0.5 } : { time, ids };
}

/**
 * Moves an edge on to the newest of the marks, which were handed over.
 * @param others that were handed over although they lie elsewhere: times by ID
 */
export function slid(before: Edge, marks: readonly Mark[], others: ReadonlyMap<string, number>): Edge {
	const [first] = marks;
	const time = Math.max(before.time, first?.time ?? 0);
	const point = pointAt(time, marks, before);
	const start = Math.max(sinceOf(before), time - latenessMilliseconds);
	const atEdge = before.ids.map((id) => ({ id, time: before.time }));
	const ahead = [...others].map(([id, at]) => ({ id, time: at }));
	const known = new Map<string, Mark>();
	for (const mark of [ahead, atEdge, before.recent ?? [], marks].flat())
		if (mark.time >= start && mark.time < time) known.set(versionOf(mark), mark);
	return { ...point, ...bounded([...known.values()], start, time) };
}

/** Of too many the oldest go, and count as handed over with all of their time. */
function bounded(behind: Mark[], start: number, time: number): Pick<Edge, 'since' | 'recent'> {
	if (behind.length <= mostRecent) return { since: start, recent: behind };
	const newestFirst = behind.sort((one, other) => other.time - one.time);
	const tooOld = newestFirst[mostRecent]?.time ?? start;
	const recent = newestFirst.filter((mark) => mark.time > tooOld);
	return { since: recent.at(-1)?.time ?? time, recent };
}
