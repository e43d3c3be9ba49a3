import type { IDataObject } from 'n8n-workflow';

import { company as companyModel } from '../resources/company';
import { enduser as enduserModel } from '../resources/enduser';
import type { Model } from '../resources/types';
import { asList, fetchPages } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { trimmed } from '../values/checks';
import { emailIdentity } from '../values/keys';
import { tryTo, type Unavailable } from './unavailable';

/** A way to name a company or an end user that takes a list of Planhat's to tell which is meant. */
export type ReferenceWay =
	'companyExternalId' | 'companySourceId' | 'companyName' | 'companyDomain' | 'enduserEmail' | 'enduserExternalId';

/** A company or an end user as the node needs it. */
export interface Referenced {
	_id: string;
	/** The company of an end user. */
	companyId?: string;
	/** Whether Planhat prefers this end user among those with the same email. */
	isPrimary?: true;
}

type Source = 'lean' | 'domains' | 'endusers';

/** Which list tells it, and by which field of a record. */
const ways: Readonly<Record<ReferenceWay, { source: Source; field: string; identity(text: string): string }>> = {
	companyExternalId: { source: 'lean', field: 'externalId', identity: trimmed },
	companySourceId: { source: 'lean', field: 'sourceId', identity: trimmed },
	companyName: { source: 'lean', field: 'name', identity: (text) => trimmed(text).toLowerCase() },
	companyDomain: { source: 'domains', field: 'domains', identity: domainIn },
	enduserEmail: { source: 'endusers', field: 'email', identity: emailIdentity },
	enduserExternalId: { source: 'endusers', field: 'externalId', identity: trimmed },
};

/** So many emails of a run are asked for one by one; for more, the list of all end users takes fewer requests. */
const mostSingle = 5;

/** The domain that a text holds: of an email, of a web address, or the text itself. In small letters. */
export function domainIn(text: string): string {
	const address = trimmed(text)
		.toLowerCase()
		.replace(/^[a-z]+:\/\//, '')
		.replace(/[/?#:].*$/, '');
	return address.slice(address.lastIndexOf('@') + 1).replace(/^www\./, '');
}

function asReferenced({ _id, companyId, primary }: IDataObject): Referenced {
	return {
		_id: String(_id),
		...(typeof companyId === 'string' && companyId !== '' && { companyId }),
		...(primary === true && { isPrimary: true }),
	};
}

async function fetchAll(transport: Transport, model: Model, qs: IDataObject): Promise<IDataObject[]> {
	const { path, page, plural, name } = model;
	const target = { verb: 'list', record: plural, permission: name };
	return await fetchPages({
		plural,
		pageMaximum: page.maximum,
		limit: Infinity,
		filtered: false,
		keep: ({ _id }) => typeof _id === 'string',
		page: async (offset, limit) => {
			const query = { ...qs, sort: '_id', limit, offset };
			return (await transport.send({ method: 'GET', url: path, qs: query, target })).body;
		},
	});
}

const readers: Readonly<Record<Source, (transport: Transport) => Promise<IDataObject[]>>> = {
	async lean(transport) {
		const { plural, name } = companyModel;
		const target = { verb: 'list', record: plural, permission: name };
		const { body } = await transport.send({ method: 'GET', url: '/leancompanies', target });
		return asList(body, plural).filter(({ _id }) => typeof _id === 'string');
	},
	domains: async (transport) => await fetchAll(transport, companyModel, { select: 'domains' }),
	endusers: async (transport) =>
		await fetchAll(transport, enduserModel, { select: 'email,externalId,companyId,primary' }),
};

/**
 * The companies and end users that the rows of a run point at, by what people know of them. Each list is read at most once
 * a run; a few emails are asked for one by one instead.
 */
export class References {
	private readonly lists = new Map<Source, Promise<IDataObject[] | Unavailable>>();

	private readonly known = new Map<ReferenceWay, ReadonlyMap<string, readonly Referenced[]> | Unavailable>();

	private readonly single = new Map<string, readonly Referenced[]>();

	private asked = 0;

	private turn: Promise<void> = Promise.resolve();

	constructor(private readonly transport: Transport) {}

	/**
	 * @returns the records that a text names, why that cannot be told, undefined where it was not learnt yet
	 */
	by(way: ReferenceWay, text: string): readonly Referenced[] | Unavailable | undefined {
		const identity = ways[way].identity(text);
		const known = this.known.get(way);
		if (known === undefined) return way === 'enduserEmail' ? this.single.get(identity) : undefined;
		return 'reason' in known ? known : (known.get(identity) ?? []);
	}

	/**
	 * Asks Planhat for what texts name, one look-up of a run after the other.
	 * @throws the signal's reason when the execution is cancelled
	 */
	async learn(way: ReferenceWay, texts: Iterable<string>): Promise<void> {
		const before = this.turn;
		const learning = (async () => {
			await before;
			const open = [...new Set(texts)].filter((text) => this.by(way, text) === undefined);
			if (open.length > 0 && !(await this.learnSingly(way, open))) await this.learnAll(way);
		})();
		this.turn = learning.catch(() => {});
		await learning;
	}

	private async learnAll(way: ReferenceWay): Promise<void> {
		const { source, field, identity } = ways[way];
		const reading = this.lists.get(source) ?? tryTo(async () => await readers[source](this.transport));
		this.lists.set(source, reading);
		const records = await reading;
		this.known.set(way, 'reason' in records ? records : byField(records, field, identity));
	}

	/** @returns whether all of them are known now */
	private async learnSingly(way: ReferenceWay, emails: readonly string[]): Promise<boolean> {
		if (way !== 'enduserEmail' || this.asked + emails.length > mostSingle || this.lists.has('endusers')) return false;
		for (const email of emails) {
			this.asked += 1;
			const found = await tryTo(async () => await this.withEmail(trimmed(email)));
			// Planhat may tell capitals apart, so that only the list tells whom it does not have.
			if (found === undefined || 'reason' in found || found.length === 0) return false;
			this.single.set(emailIdentity(email), found);
		}
		return true;
	}

	/** The filter is assumption filter-email: where other people come back too, it was not heeded. */
	private async withEmail(email: string): Promise<readonly Referenced[] | undefined> {
		const { path, page, plural, name } = enduserModel;
		const target = { verb: 'list', record: plural, permission: name };
		const qs = { email, limit: page.maximum, offset: 0 };
		const { body } = await this.transport.send({ method: 'GET', url: path, qs, target });
		const records = asList(body, plural);
		const isHeeded = records.every((record) => emailIdentity(String(record.email)) === emailIdentity(email));
		return isHeeded ? records.map(asReferenced) : undefined;
	}
}

function byField(
	records: readonly IDataObject[],
	field: string,
	identity: (text: string) => string,
): ReadonlyMap<string, readonly Referenced[]> {
	const by = new Map<string, Referenced[]>();
	for (const record of records) {
		for (const value of new Set([record[field]].flat())) {
			if (typeof value !== 'string' && typeof value !== 'number') continue;
			const key = identity(String(value));
			const same = by.get(key) ?? [];
			if (key !== '') by.set(key, same);
			same.push(asReferenced(record));
		}
	}
	return by;
}
