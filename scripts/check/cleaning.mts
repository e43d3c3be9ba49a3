import { models } from '../../nodes/Planhat/resources/index.ts';
import type { Connection } from './connection.mts';
import type { Journal, JournalEntry } from './journal.mts';
import { Unsafe } from './ownRecords.mts';
import { isRow, type PlanhatRow } from './probing.mts';

/** Fields that hold the mark; all others hold it in their external ID. */
const markFields: Readonly<Record<string, string>> = {
	'/timeentries': 'description',
	'/customfields': 'name',
	'/endusers': 'email',
};

/** Of tickets and time entries, nobody else can have made one of a company of ours. */
const belongingPaths = ['/tickets', '/timeentries'];

/** Paths that take the mark behind a prefix. */
const prefixedPaths = ['/companies', '/assets'];

/** A mark that stays on more records than this is not ours to delete. */
const mostRounds = 5;

type Company = { _id: string | undefined; byPrefix: boolean };

/** The records that carry exactly the mark of an entry, read anew. */
async function findMarked(
	connection: Connection,
	{ path, externalId: mark }: JournalEntry,
	company: Company,
): Promise<{ ids: string[]; byPrefix: boolean }> {
	const isOurs = (row: unknown): row is PlanhatRow => {
		if (!isRow(row)) return false;
		const belongs = belongingPaths.includes(path) && company._id !== undefined && row['companyId'] === company._id;
		return belongs || row[markFields[path] ?? 'externalId'] === mark;
	};
	const idOf = (row: unknown) => (isOurs(row) && typeof row['_id'] === 'string' ? [row['_id']] : []);
	if (prefixedPaths.includes(path)) {
		const { status, body } = await connection.send('GET', `${path}/extid-${mark}`);
		const ids = idOf(body);
		if (ids.length > 0 || (company.byPrefix && status === 404)) return { ids, byPrefix: ids.length > 0 };
	}
	const isCompany = path === '/companies';
	const limit = models.find((model) => model.path === path)?.page.maximum ?? 0;
	const within = company._id === undefined || path === '/customfields' ? {} : { companyId: company._id };
	const query = isCompany ? { externalId: mark } : { limit, sort: '-_id', ...within };
	const { status, body } = await connection.send('GET', isCompany ? '/leancompanies' : path, { query });
	const ids = Array.isArray(body) ? body.flatMap(idOf) : [];
	// The lean list is not paged; of another one that is full, a later page may hold the record.
	const isWhole = status === 200 && Array.isArray(body) && (isCompany || body.length < limit);
	if (ids.length === 0 && !isWhole) {
		throw new Unsafe(`It cannot be told whether a record of ours is left below ${path}; look for ${mark}.`);
	}
	return { ids, byPrefix: false };
}

/** Deletes what an entry names, until nothing carries its mark: there may be copies. */
async function deleteMarked(connection: Connection, entry: JournalEntry, company: Company): Promise<number> {
	let deleted = 0;
	for (let round = 0; round < mostRounds; round += 1) {
		const { ids } = await findMarked(connection, entry, company);
		for (const id of ids) {
			const { status } = await connection.send('DELETE', `${entry.path}/${id}`);
			if (status !== 404 && (status < 200 || status >= 300)) {
				throw new Unsafe(`A record of ours below ${entry.path} could not be deleted (status ${status}).`);
			}
			deleted += 1;
		}
		if (ids.length === 0) return deleted;
	}
	throw new Unsafe(`Records of ours below ${entry.path} are still there after they were deleted.`);
}

/** Deletes what the journal names, the company last, and nothing that does not carry its mark. */
export async function clean(connection: Connection, journal: Journal): Promise<number> {
	let deleted = 0;
	const unknown: Company = { _id: undefined, byPrefix: false };
	const made = journal.entries.find(({ path }) => path === '/companies');
	const found = made === undefined ? undefined : await findMarked(connection, made, unknown);
	const company: Company = { _id: found?.ids[0], byPrefix: found?.byPrefix ?? false };
	for (const entry of [...journal.entries].reverse()) {
		deleted += await deleteMarked(connection, entry, entry === made ? unknown : company);
		journal.done(entry);
	}
	journal.end();
	return deleted;
}
