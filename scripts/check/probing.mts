import type { Connection, PlanhatReply } from './connection.mts';
import type { OwnRecords } from './ownRecords.mts';

export type PlanhatRow = Record<string, unknown>;

export type ProbeOutcome = 'held' | 'differs' | 'not known' | 'skipped';

/** What a probe found. `why` is of our own words, without anything of the tenant's. */
export type Finding = { outcome: ProbeOutcome; why?: string };

/** Asks Planhat what settles one assumption. */
export type ReadProbe = { id: string; ask(planhat: ProbeReader): Promise<Finding> };

/** What some of the probes ask through; undefined where the token for it is not given. */
export type OtherTokens = {
	/** With a token that may not write assets. */
	limited: Connection | undefined;
	/** With the tenant token. */
	analytics: Connection | undefined;
	/** With a tenant token that nobody has. */
	stranger: Connection | undefined;
};

/** Does the same with records of its own. */
export type WriteProbe = {
	id: string;
	ask(planhat: ProbeReader, own: OwnRecords, others: OtherTokens): Promise<Finding>;
};

/** Ends a probe early with what is known by then. */
export class EarlyFinding extends Error {
	constructor(readonly finding: Finding) {
		super(finding.why);
	}
}

export const held: Finding = { outcome: 'held' };

export function differs(why: string): Finding {
	return { outcome: 'differs', why };
}

export function notKnown(why: string): Finding {
	return { outcome: 'not known', why };
}

/** Held where it is so, and otherwise not. */
export function heldIf(isSo: boolean, why: string): Finding {
	return isSo ? held : differs(why);
}

export function isRow(value: unknown): value is PlanhatRow {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ends the probe unless the answer is a success; a right that is missing is no failure. */
export function success({ status, body }: PlanhatReply): unknown {
	if (status === 401) throw new EarlyFinding({ outcome: 'skipped', why: 'the token is not accepted (401)' });
	if (status === 403) throw new EarlyFinding({ outcome: 'skipped', why: 'the token lacks a right (403)' });
	if (status < 200 || status >= 300) throw new EarlyFinding(notKnown(`status ${status}`));
	return body;
}

/** A bulk answer's own object, whatever its status; a right that is missing ends the probe. */
export function bulkResult({ status, body }: PlanhatReply): PlanhatRow {
	if (status === 401 || status === 403) success({ status, body });
	if (!isRow(body) || !('created' in body || 'createdErrors' in body)) {
		throw new EarlyFinding(notKnown(`status ${status} without the object of a bulk answer`));
	}
	return body;
}

/** Reads for probes; each answer is remembered by its path and query. */
export class ProbeReader {
	readonly #seen = new Map<string, Promise<PlanhatReply>>();

	constructor(readonly connection: Connection) {}

	async reply(path: string, query: object = {}): Promise<PlanhatReply> {
		const key = path + JSON.stringify(query);
		const reply = this.#seen.get(key) ?? this.connection.send('GET', path, { query });
		this.#seen.set(key, reply);
		return await reply;
	}

	/** What is there now, whatever was there before. */
	async fresh(path: string): Promise<PlanhatRow> {
		const body = success(await this.connection.send('GET', path));
		if (!isRow(body)) throw new EarlyFinding(notKnown('a record is answered with something else'));
		return body;
	}

	async list(path: string, query: object = {}, atLeast = 0): Promise<PlanhatRow[]> {
		const body = success(await this.reply(path, query));
		if (!Array.isArray(body)) throw new EarlyFinding(notKnown('a list is answered with something that is none'));
		const rows = body.filter(isRow);
		if (rows.length < atLeast) throw new EarlyFinding(notKnown(`fewer than ${atLeast} records to look at`));
		return rows;
	}
}
