import type { IDataObject } from 'n8n-workflow';

import { company } from '../resources/company';
import { joinWork } from '../transport/joinWork';
import { asList } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { labelFields } from './recordLabels';

/** Somebody types a name within this time. Milliseconds. */
const lifetimeMilliseconds = 60_000;

/** All lists of one kind that are kept, together. Records. */
export const mostKept = 300_000;

/** Who asks for a list: all items of one run are one reader. */
type Reader = Pick<Transport, 'signal'>;

interface Kept {
	reader: Reader;
	records: Promise<IDataObject[]>;
	/** Records; undefined until they have come. */
	count?: number;
}

/** The lean lists of companies that were read last: one of 200,000 has 21 MB, and each key stroke searches it. */
export class CompanyLists {
	private readonly kept = new Map<string, Kept>();

	/** @param most how many records are kept, of all lists together */
	constructor(private readonly most = mostKept) {}

	/**
	 * The companies of a tenant, with what names and searches need.
	 * @param isFresh whether a list that is kept will not do
	 * @throws what `read` throws, and the signal's reason when the reader is cancelled
	 */
	async get(
		owner: string,
		read: () => Promise<IDataObject[]>,
		isFresh: boolean,
		reader: Reader = {},
	): Promise<IDataObject[]> {
		let known = isFresh ? undefined : this.kept.get(owner);
		while (known !== undefined) {
			const isOwn = known.reader === reader || known.count !== undefined;
			const records = await joinWork(known.records, reader, isOwn);
			if (records !== undefined) return records;
			const next = this.kept.get(owner);
			known = next === known ? undefined : next;
		}
		return await this.readAnew(owner, read, reader);
	}

	private async readAnew(owner: string, read: () => Promise<IDataObject[]>, reader: Reader): Promise<IDataObject[]> {
		const kept: Kept = { reader, records: read() };
		this.forget(owner);
		this.kept.set(owner, kept);
		void kept.records.catch(() => this.forget(owner, kept));
		const records = await kept.records;
		kept.count = records.length;
		this.forgetInTime(owner, new WeakRef(kept));
		this.makeRoom();
		return records;
	}

	/** Its timer keeps no process alive, nor a list in memory that was forgotten before. */
	private forgetInTime(owner: string, one: WeakRef<Kept>): void {
		AbortSignal.timeout(lifetimeMilliseconds).addEventListener('abort', () => {
			const kept = one.deref();
			if (kept !== undefined) this.forget(owner, kept);
		});
	}

	/** Lets a list be read anew. */
	forget(owner: string, one = this.kept.get(owner)): void {
		if (this.kept.get(owner) === one) this.kept.delete(owner);
	}

	/** The oldest go first. */
	private makeRoom(): void {
		let count = [...this.kept.values()].reduce((sum, kept) => sum + (kept.count ?? 0), 0);
		for (const [owner, kept] of this.kept) {
			if (count <= this.most) return;
			this.kept.delete(owner);
			count -= kept.count ?? 0;
		}
	}
}

/** The companies of each tenant. */
export const companyLists = new CompanyLists();

/**
 * All companies of the tenant, by one request or from the last minute. Planhat does not page its lean list, and takes no
 * search text there.
 * @param isFresh whether companies of the last minute must be among them
 */
export async function companyList(transport: Transport, owner: string, isFresh: boolean): Promise<IDataObject[]> {
	const target = { verb: 'list', record: company.plural, permission: company.name };
	const fields = ['_id', ...labelFields(company)];
	const read = async () => {
		const { body } = await transport.send({ method: 'GET', url: '/leancompanies', target });
		const records = asList(body, company.plural).filter(({ _id }) => typeof _id === 'string');
		return records.map((record) => Object.fromEntries(fields.map((field) => [field, record[field]])));
	};
	return await companyLists.get(owner, read, isFresh, transport);
}
