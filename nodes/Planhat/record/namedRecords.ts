import type { IDataObject } from 'n8n-workflow';

import { isOfKind, kindQuery } from '../resources/kind';
import type { Model } from '../resources/types';
import type { ItemRun } from '../run/context';
import { eventLoopYielder } from '../run/eventLoop';
import { inputError, markAbsent } from '../transport/errors';
import { asList, fetchPages } from '../transport/paging';
import type { Target } from '../transport/request';
import { isBlank, trimmed } from '../values/checks';
import { emailIdentity } from '../values/keys';
import { readAddress, readNaming, targetOf, type Reference } from './address';
import { lookUp } from './fetchRecord';

/** A record and its `_id`. */
type NamedRecord = Target & { _id: string };

/** So many records of a run are asked for one by one; for more, one list takes fewer requests. */
const mostSingle = 5;

type Named = Pick<Reference, 'value'> & { mode: 'externalId' | 'sourceId' | 'email' };

function identityOf({ mode, value }: Named): string {
	return `${mode} ${mode === 'email' ? emailIdentity(value) : trimmed(value)}`;
}

/** What a record is called in a list by each way of naming it. */
function heldBy(model: Model, mode: Named['mode']): string {
	if (mode === 'externalId' && model.keys.includes('extId')) return 'extId';
	return model.fields.find(({ name }) => name === mode)?.heldAs ?? mode;
}

/** Lists leave out what is archived unless they are asked for it; people by email are those that are not. */
function queriesOf({ filters }: Model): IDataObject[] {
	const flag = filters.find(({ takes, name }) => takes === 'boolean' && /archived$/i.test(name));
	return flag === undefined ? [{}] : [{}, { [flag.sentAs ?? flag.name]: true }];
}

/** The IDs of the records that the items of a run name by keys, from one list. */
class NamedRecords {
	private readonly ids = new Map<string, Set<string>>();

	private pages = 0;

	/** Whether all of the list was read, so that what is not among the IDs is not there. */
	private isWhole = true;

	private constructor(
		private readonly item: ItemRun,
		private readonly wanted: readonly Named[],
	) {
		for (const named of wanted) this.ids.set(identityOf(named), new Set());
	}

	/** @returns undefined where it takes fewer requests to ask for each */
	static async of(item: ItemRun): Promise<NamedRecords | undefined> {
		const wanted = await wantedOf(item);
		if (wanted.length <= mostSingle) return undefined;
		const records = new NamedRecords(item, wanted);
		await records.read();
		return records;
	}

	/** The IDs of records with a key; undefined where the list was not read far enough to tell. */
	of(named: Named): ReadonlySet<string> | undefined {
		const ids = this.ids.get(identityOf(named));
		return ids === undefined || (ids.size === 0 && !this.isWhole) ? undefined : ids;
	}

	private take(record: IDataObject, isArchived: boolean): void {
		if (isBlank(record._id) || !isOfKind(this.item.model, record)) return;
		for (const mode of ['externalId', 'sourceId', 'email'] as const) {
			if (isArchived && mode === 'email') continue;
			const value = record[heldBy(this.item.model, mode)];
			if (typeof value === 'string' || typeof value === 'number')
				this.ids.get(identityOf({ mode, value: String(value) }))?.add(String(record._id));
		}
	}

	private get hasAll(): boolean {
		return [...this.ids.values()].every(({ size }) => size > 0);
	}

	/** A key that counts within a company may name further records on the next page. */
	private get isOver(): boolean {
		const { keysWithinCompany } = this.item.model;
		const mayBeMore = this.wanted.some(({ mode }) =>
			keysWithinCompany.some((key) => key === mode || (key === 'extId' && mode === 'externalId')),
		);
		return !mayBeMore && this.hasAll;
	}

	private async read(): Promise<void> {
		const { model, runTransport } = this.item;
		const target = { verb: 'list', record: model.plural, permission: model.name };
		if (model.resource === 'company') {
			const { body } = await runTransport.send({ method: 'GET', url: '/leancompanies', target });
			for (const record of asList(body, model.plural)) this.take(record, false);
			return;
		}
		for (const query of queriesOf(model)) {
			if (!this.isWhole || this.hasAll) return;
			await this.readList(query, target);
		}
	}

	private async readList(query: IDataObject, target: Target): Promise<void> {
		const { model, runTransport } = this.item;
		const names = ['externalId', 'sourceId', 'email'] as const;
		const fields = [...names.map((mode) => heldBy(model, mode)), ...(model.kind?.fields ?? [])];
		const list = model.sortable ? { sort: '_id', select: fields.join() } : {};
		await fetchPages({
			plural: model.plural,
			pageMaximum: model.page.maximum,
			limit: Infinity,
			filtered: true,
			keep: (record) => {
				this.take(record, Object.keys(query).length > 0);
				return false;
			},
			page: async (offset, limit) => {
				this.pages += 1;
				const qs = { ...kindQuery(model), ...query, ...list, limit, offset };
				return (await runTransport.send({ method: 'GET', url: model.path, qs, target })).body;
			},
			isEnough: (page) => {
				// From here on it takes fewer requests to ask for each.
				if (page.length > 0 && this.pages >= this.wanted.length) this.isWhole = false;
				return this.isOver || !this.isWhole;
			},
		});
	}
}

/** The keys that the items of a run name records by, each once. */
async function wantedOf(item: ItemRun): Promise<Named[]> {
	const wanted = new Map<string, Named>();
	const yieldToEventLoop = eventLoopYielder();
	for (const index of item.items.keys()) {
		try {
			const reference = readNaming({
				...item,
				parameter: (name, fallback) => item.parameterAt(index, name, fallback),
			});
			const { mode, value } = reference;
			if (mode !== 'id') wanted.set(identityOf({ mode, value }), { mode, value });
		} catch {
			// The item says so itself.
		}
		const pause = yieldToEventLoop();
		if (pause) await pause;
	}
	return [...wanted.values()];
}

/** Of each run and credential; the tenant is one object for it. */
const ofRuns = new WeakMap<object, Promise<NamedRecords | undefined>>();

/**
 * Finds out the `_id` of the record that an item names, from one list where the items of the run name several by keys.
 * @throws NodeApiError where Planhat refuses; NodeOperationError where there is no such record, or where there are several
 */
export async function findNamed(item: ItemRun, verb: string): Promise<NamedRecord> {
	const reference = readNaming(item);
	const { mode, value } = reference;
	if (mode === 'id') return await findAlone(item, verb);
	if (item.items.length <= mostSingle) return await findOnce(item, verb, identityOf({ mode, value }));
	const target = targetOf(item.model, verb, reference);
	item.namesRecord('address', target.keys ?? {});
	const reading = ofRuns.get(item.tenant) ?? NamedRecords.of(item);
	ofRuns.set(item.tenant, reading);
	const ids = (await reading)?.of({ mode, value });
	if (ids === undefined) return await findOnce(item, verb, identityOf({ mode, value }));
	const [_id, ...others] = ids;
	if (_id !== undefined && others.length === 0) return { ...target, _id };
	if (_id === undefined) {
		const advice = 'Check the ID. The record may have been deleted.';
		throw markAbsent(inputError(item.node, `Planhat has no ${target.record}`, advice, target), target.record);
	}
	const { plural, singular } = item.model;
	throw inputError(
		item.node,
		`Planhat has ${ids.size} ${plural} with ${target.record.replace(`${singular} with `, '')}`,
		`Use the ID of the ${singular} instead.`,
		target,
	);
}

async function findAlone(item: ItemRun, verb: string): Promise<NamedRecord> {
	const { target, _id } = await lookUp(item, await readAddress(item, verb));
	return { ...target, _id };
}

/** What was asked for one by one, of each run and credential. */
const askedFor = new WeakMap<object, Map<string, Promise<NamedRecord>>>();

/** A record that another item has named is not asked for again: it may be deleted by now. */
async function findOnce(item: ItemRun, verb: string, identity: string): Promise<NamedRecord> {
	const asked = askedFor.get(item.tenant) ?? new Map<string, Promise<NamedRecord>>();
	askedFor.set(item.tenant, asked);
	const before = asked.get(identity);
	// Nothing may be waited for where nobody has asked: another item would ask too, and after this one deleted the record.
	const known = before && (await before.catch(() => undefined));
	if (known !== undefined) return known;
	const asking = findAlone(item, verb);
	asked.set(identity, asking);
	return await asking;
}

/** What errors and outcomes call the record that an item names. */
export function namedTarget(item: ItemRun, verb: string): Target {
	return targetOf(item.model, verb, readNaming(item));
}
