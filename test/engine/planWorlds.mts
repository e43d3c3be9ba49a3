import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import type { PlanhatServer } from '../planhat-server/index.mts';

/** A model, and the few keys and values that its random rows and records have, so that they meet. */
export interface World {
	resource: string;
	path: string;
	/** Beside `_id`. Two records may share one that counts within a company, each in its own. */
	keys: Readonly<Record<string, readonly string[]>>;
	within: readonly string[];
	/** What rows have in each field, and what records have in it, nothing included. */
	fields: Readonly<Record<string, { sent: readonly unknown[]; held: readonly unknown[] }>>;
	/** What most rows have, since a new record needs it. */
	needed: IDataObject;
	matchOn: readonly string[];
	/** Whether rows may name their company by `companyExternalId`. */
	takesExternalId?: true;
	options: Readonly<Record<string, readonly unknown[]>>;
}

/** IDs that come before those which the double gives out. */
const idOf = (kind: string, at: number) => `65500000000000000000${kind}0${at}`;

export const ownCompanies = [
	{ _id: idOf('c0', 0), name: 'Acme', externalId: 'acme', sourceId: 'crm-1', domains: ['a.com'] },
	{ _id: idOf('c0', 1), name: 'Beta', externalId: 'beta', sourceId: 'crm-2', domains: ['b.com'] },
] as const;

const person = { _id: idOf('e0', 0), name: 'Ann', email: 'ann@a.com', externalId: 'p-1' };

/** The `_id` of each company by what rows name it by. */
export const idsOfCompanies: ReadonlyMap<unknown, string> = new Map(
	ownCompanies.flatMap(({ _id, externalId, sourceId }) => [
		[_id, _id],
		[`extid-${externalId}`, _id],
		[`srcid-${sourceId}`, _id],
	]),
);

const tags = { sent: ['x', 'x; y', ['z'], ''], held: [['x'], ['x', 'y'], []] };
const custom = { sent: ['c1', 'c2', ''], held: ['c1', 'c2', ''] };

export const planWorlds: readonly World[] = [
	{
		resource: 'enduser',
		path: 'endusers',
		keys: {
			sourceId: ['s', 't'],
			externalId: ['a', 'b', 'c'],
			email: ['ann@a.com', 'bo@b.com', 'cy@c.com'],
		},
		within: ['externalId', 'email'],
		fields: {
			position: { sent: ['CEO', 'CTO', ''], held: ['CEO', 'CTO', ''] },
			tags,
			featured: { sent: [true, 'yes', false, ''], held: [true, false] },
			'custom.CRM': custom,
			archived: { sent: [true, false], held: [false, true] },
		},
		needed: {},
		matchOn: ['position', 'custom.CRM', 'email'],
		takesExternalId: true,
		options: { listMode: ['add', 'remove'], keepExisting: [['position'], ['tags', 'featured'], ['custom.CRM']] },
	},
	{
		resource: 'license',
		path: 'licenses',
		keys: { sourceId: ['s', 't'], externalId: ['a', 'b', 'a_2025-01-01'] },
		within: ['externalId'],
		fields: {
			product: { sent: ['Pro', 'Basic', ''], held: ['Pro', 'Basic', ''] },
			mrr: { sent: [1, '2', ''], held: [1, 2, null] },
			toDate: { sent: ['2025-06-30', '2026-06-30', ''], held: ['2025-06-30T00:00:00.000Z', null] },
			renewalStatus: { sent: ['ongoing', 'lost', ''], held: ['ongoing', 'renewed', 'lost'] },
			toDateIncluded: { sent: [true, false], held: [true, false] },
			'custom.CRM': custom,
			fromDate: {
				sent: ['2025-01-01', '2026-01-01', '2025-01-01T05:00:00Z', 'soon'],
				held: ['2024-01-01T00:00:00.000Z', '2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z'],
			},
		},
		needed: { _currency: 'EUR', value: 3, fromDate: '2025-01-01' },
		matchOn: ['product', 'custom.CRM'],
		options: { keepExisting: [['product'], ['mrr', 'toDate'], ['custom.CRM', 'renewalStatus']] },
	},
	{
		resource: 'asset',
		path: 'assets',
		keys: { sourceId: ['s', 't'], externalId: ['a', 'b', 'c'] },
		within: ['externalId'],
		fields: {
			name: { sent: ['N', 'M'], held: ['N', 'M'] },
			status: { sent: ['Live', 'Gone', ''], held: ['Live', 'Gone', ''] },
			value: { sent: [1, '2', 'many', ''], held: [1, 2, null] },
			installDate: { sent: ['2025-01-01', ''], held: ['2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', null] },
			'custom.CRM': custom,
		},
		needed: { name: 'N' },
		matchOn: ['name', 'status', 'custom.CRM', 'companyId'],
		options: { keepExisting: [['status'], ['value', 'name'], ['custom.CRM'], ['companyId']] },
	},
	{
		resource: 'conversation',
		path: 'conversations',
		keys: { externalId: ['a', 'b', 'c'] },
		within: ['externalId'],
		fields: {
			subject: { sent: ['Call', 'Mail', ''], held: ['Call', 'Mail', ''] },
			type: { sent: ['note', 'chat'], held: ['note', 'chat', 'ticket'] },
			date: { sent: ['2025-01-01', ''], held: ['2025-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', null] },
			endusers: { sent: ['ann@a.com', 'p-1', 'nobody@a.com', ''], held: [[], [{ id: person._id }]] },
			starred: { sent: [true, false], held: [true, false] },
			'custom.CRM': custom,
		},
		needed: { subject: 'Call' },
		matchOn: ['subject', 'custom.CRM'],
		takesExternalId: true,
		options: {
			listMode: ['add', 'remove'],
			endUsersBy: ['email', 'externalId'],
			keepExisting: [['subject'], ['endusers', 'date'], ['custom.CRM', 'companyId']],
		},
	},
];

/** What few cases have. */
function seldom<Value>(arbitrary: fc.Arbitrary<Value>, among = 4): fc.Arbitrary<Value | undefined> {
	return fc.oneof({ weight: among - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
}

function withoutNothing(object: Record<string, unknown>): IDataObject {
	return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as IDataObject;
}

/** Any of some values in each field, or none. */
function someOf(fields: Readonly<Record<string, readonly unknown[]>>, among = 2): fc.Arbitrary<IDataObject> {
	const each = Object.entries(fields).map(([name, values]) => [name, seldom(fc.constantFrom(...values), among)]);
	return fc.record(Object.fromEntries(each) as Record<string, fc.Arbitrary<unknown>>).map(withoutNothing);
}

const companyForms = ['_id', 'extid', 'srcid', 'companyExternalId'] as const;

const usualForm: Readonly<Record<string, (company: (typeof ownCompanies)[number]) => unknown>> = {
	id: ({ _id }) => _id,
	externalId: ({ externalId }) => externalId,
	sourceId: ({ sourceId }) => sourceId,
	name: ({ name }) => name,
	domain: ({ domains }) => domains[0],
	endUserEmail: ({ name }) => (name === 'Acme' ? person.email : 'nobody@b.com'),
};

const company = fc.record({
	which: fc.constantFrom(0, 0, 0, 1, 1, undefined, undefined, 'none' as const),
	form: fc.constantFrom(...companyForms, 'usual', 'usual'),
});

type CompanyOfRow = typeof company extends fc.Arbitrary<infer Value> ? Value : never;

function companyIn({ which, form }: CompanyOfRow, companyBy: unknown, { takesExternalId }: World): IDataObject {
	if (which === 'none') return { companyId: 'extid-nobody' };
	const one = which === undefined ? undefined : ownCompanies[which];
	if (one === undefined) return {};
	if (form === 'companyExternalId' && takesExternalId) return { companyExternalId: one.externalId };
	if (form === 'extid') return { companyId: `extid-${one.externalId}` };
	if (form === 'srcid') return { companyId: `srcid-${one.sourceId}` };
	return { companyId: (form === '_id' ? one._id : usualForm[String(companyBy)]?.(one)) as string };
}

/** What a row has beside its company. */
function rowOf({ keys, fields, needed }: World): fc.Arbitrary<IDataObject> {
	const ids = [idOf('d0', 0), idOf('d0', 1)];
	const sent = Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values.sent]));
	return fc
		.tuple(fc.integer({ min: 0, max: 7 }), someOf({ ...keys }), seldom(fc.constantFrom(...ids), 8), someOf(sent, 3))
		.map(([whole, own, _id, values]) => withoutNothing({ ...(whole > 0 && needed), ...own, _id, ...values }));
}

function recordsOf({ keys, within, fields }: World): fc.Arbitrary<IDataObject[]> {
	const held = Object.fromEntries(
		Object.entries(fields).map(([name, values]) => [name, fc.constantFrom(...values.held)]),
	);
	const record = fc.tuple(
		someOf({ ...keys }),
		fc.record(held as Record<string, fc.Arbitrary<unknown>>),
		fc.constantFrom(0, 1),
	);
	return fc.array(record, { maxLength: 5 }).map((all) => {
		const taken = new Set<string>();
		return all.map(([own, values, at], place): IDataObject => {
			// No two records share a key where it counts.
			const mine = Object.entries(own).filter(([name, value]) => {
				const identity = `${name} ${String(value)} ${within.includes(name) ? at : ''}`;
				return !taken.has(identity) && taken.add(identity);
			});
			const inside = Object.entries(values).filter(([name]) => name.startsWith('custom.'));
			const outside = Object.entries(values).filter(([name]) => !name.startsWith('custom.'));
			const owner = ownCompanies[at];
			return {
				_id: idOf('d0', place),
				...Object.fromEntries([...mine, ...outside]),
				...{ companyId: owner?._id, companyName: owner?.name },
				custom: Object.fromEntries(inside.map(([name, value]) => [name.slice('custom.'.length), value])),
			} as IDataObject;
		});
	});
}

const companyBy = ['externalId', 'sourceId', 'name', 'domain', 'endUserEmail'] as const;

function optionsOf({ matchOn, options, fields, resource }: World): fc.Arbitrary<IDataObject> {
	const missing = Object.keys(fields)
		.slice(0, 1)
		.map((field) => ({ conditions: [{ field, value: '*' }] }));
	const chosen = someOf(
		{
			...options,
			matchOn,
			companyBy,
			manyMatches: ['first'],
			writeMode: ['updateOnly', 'createOnly'],
			keylessRows: ['create'],
			duplicateKeys: ['sendLast', 'fail'],
			emptyValues: ['clear'],
			unknownReferences: ['leaveOut'],
			verify: [true],
			reportMissing: missing,
		},
		4,
	);
	const periods = fc.constantFrom({}, { keyPerPeriod: true }, { keyPerPeriod: true, closePrevious: true });
	if (resource !== 'license') return chosen;
	return fc.tuple(chosen, periods).map(([one, other]) => {
		const { matchOn: by, ...rest } = one;
		return 'keyPerPeriod' in other ? { ...rest, ...other } : { ...rest, ...(by !== undefined && { matchOn: by }) };
	});
}

/** Whether no row without a company has a key that is that of several records, each in its own: any of them may be meant. */
function isClear({ within }: World, records: readonly IDataObject[], rows: readonly IDataObject[]): boolean {
	// A row that names its record by a better key may be in any company.
	const companyOf = ({ companyId, companyExternalId, _id, sourceId }: IDataObject) =>
		// One that nobody has may be left out.
		(/nobody/.test(String(companyId)) ? undefined : companyId) ?? companyExternalId ?? _id ?? sourceId;
	return rows.every((row) => {
		if (companyOf(row) !== undefined) return true;
		const alike = [...records, ...rows].filter((one) =>
			within.some((key) => row[key] !== undefined && one[key] === row[key]),
		);
		return new Set(alike.map(companyOf).filter((one) => one !== undefined)).size < 2;
	});
}

/** Records, rows and options of a model. */
export function casesOf(
	world: World,
	mostRows: number,
): fc.Arbitrary<{ records: IDataObject[]; rows: IDataObject[]; options: IDataObject }> {
	const rows = fc.array(fc.tuple(rowOf(world), company), { minLength: 1, maxLength: mostRows });
	return fc
		.tuple(recordsOf(world), rows, optionsOf(world))
		.map(([records, given, options]) => ({
			records,
			options,
			// What Planhat does with an ID that no record has, no document tells.
			rows: given.map(([{ _id, ...row }, one]) => ({
				...row,
				...(records.some((record) => record._id === _id) && { _id }),
				...companyIn(one, options.companyBy ?? 'id', world),
			})),
		}))
		.filter((one) => isClear(world, one.records, one.rows));
}

/** Puts into the double what rows refer to, and the records. */
export function fillWorld(server: PlanhatServer, world: World, records: readonly IDataObject[]): void {
	server.reset();
	server.insert('companies', ownCompanies as never);
	server.insert('customfields', [{ name: 'CRM', type: 'text', parent: world.resource }]);
	if (world.resource !== 'enduser') server.insert('endusers', [{ ...person, companyId: ownCompanies[0]._id }]);
	server.insert(world.path, records as never);
}
