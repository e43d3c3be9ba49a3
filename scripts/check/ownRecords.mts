import { randomUUID } from 'node:crypto';
import { modelOf } from '../../nodes/Planhat/resources/index.ts';
import type { Connection, PlanhatReply } from './connection.mts';
import type { Journal, JournalEntry } from './journal.mts';
import { isRow, notKnown, EarlyFinding, success, type PlanhatRow } from './probing.mts';

/** Why a run that writes does not start, or one that cleans does not end. */
export class Unsafe extends Error {}

/** Records of a run's own, each told by an external ID that no other record has, and written down before it is made. */
export class OwnRecords {
	readonly #run = `n8n-check-${randomUUID()}`;
	#made = 0;
	company: PlanhatRow = {};

	constructor(
		readonly connection: Connection,
		readonly journal: Journal,
	) {}

	/** Makes the company that all else belongs to. */
	async begin(): Promise<void> {
		const externalId = this.mark('/companies');
		const reply = await this.connection.send('GET', '/leancompanies', { query: { externalId } });
		if (reply.status !== 200 || !Array.isArray(reply.body)) {
			throw new Unsafe('The companies cannot be listed, so that nobody could tell our records from others.');
		}
		if (reply.body.some((row) => isRow(row) && row['externalId'] === externalId)) {
			throw new Unsafe('A company with our mark is there before we made it.');
		}
		this.company = await this.#created('/companies', { name: externalId, externalId });
	}

	/** The external ID of a record that is about to be made. */
	mark(path: string): string {
		this.#made += 1;
		const externalId = `${this.#run}-${this.#made}`;
		this.journal.add({ path, externalId });
		return externalId;
	}

	async asset(fields: PlanhatRow = {}): Promise<PlanhatRow> {
		return await this.#created('/assets', this.assetRow(fields));
	}

	assetRow(fields: PlanhatRow = {}): PlanhatRow {
		const externalId = this.mark('/assets');
		return { name: externalId, companyId: this.company['_id'], externalId, ...fields };
	}

	async update(path: string, record: PlanhatRow, body: PlanhatRow): Promise<void> {
		success(await this.connection.send('PUT', `${path}/${String(record['_id'])}`, { body }));
	}

	async bulk(rows: readonly PlanhatRow[]): Promise<PlanhatReply> {
		return await this.connection.send('PUT', '/assets', { body: rows });
	}

	async #created(path: string, body: PlanhatRow): Promise<PlanhatRow> {
		const record = success(await this.connection.send('POST', path, { body }));
		if (!isRow(record) || typeof record['_id'] !== 'string') {
			throw new EarlyFinding(notKnown('a create is answered without a record'));
		}
		return record;
	}
}

type Found = { ids: string[]; byPrefix: boolean };

/** The records that carry exactly the mark of an entry, read anew. */
async function findMarked(
	connection: Connection,
	{ path, externalId }: JournalEntry,
	trustsPrefix: boolean,
): Promise<Found> {
	const idOf = (row: unknown) => (isRow(row) && row['externalId'] === externalId ? [String(row['_id'])] : []);
	const byPrefix = await connection.send('GET', `${path}/extid-${externalId}`);
	const [id] = idOf(byPrefix.body);
	if (id !== undefined) return { ids: [id], byPrefix: true };
	if (trustsPrefix && byPrefix.status === 404) return { ids: [], byPrefix: false };
	const isCompany = path === '/companies';
	const limit = modelOf('asset')?.page.maximum ?? 0;
	const query = isCompany ? { externalId } : { limit, sort: '-_id' };
	const { status, body } = await connection.send('GET', isCompany ? '/leancompanies' : path, { query });
	const ids = Array.isArray(body) ? body.flatMap(idOf) : [];
	// The lean list is not paged; of another one that is full, a later page may hold the record.
	const isWhole = status === 200 && Array.isArray(body) && (isCompany || body.length < limit);
	if (ids.length === 0 && !isWhole) {
		throw new Unsafe(`It cannot be told whether a record of ours is left below ${path}; look for ${externalId}.`);
	}
	return { ids, byPrefix: false };
}

/** Deletes what the journal names, the company last, and nothing that does not carry its mark. */
export async function clean(connection: Connection, journal: Journal): Promise<number> {
	let deleted = 0;
	const [company] = journal.entries;
	const trustsPrefix = company !== undefined && (await findMarked(connection, company, false)).byPrefix;
	for (const entry of [...journal.entries].reverse()) {
		for (const id of (await findMarked(connection, entry, trustsPrefix)).ids) {
			const { status } = await connection.send('DELETE', `${entry.path}/${id}`);
			if (status !== 404 && (status < 200 || status >= 300)) {
				throw new Unsafe(`A record of ours below ${entry.path} could not be deleted (status ${status}).`);
			}
			deleted += 1;
		}
		journal.done(entry);
	}
	journal.end();
	return deleted;
}
