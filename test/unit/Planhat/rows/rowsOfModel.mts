import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Field, FieldType, Model } from '../../../../nodes/Planhat/resources/types.ts';
import type { SentFields } from '../../../../nodes/Planhat/compared/compareRow.ts';

/** A model of the registry. */
export function modelNamed(resource: string): Model {
	const found = modelOf(resource);
	if (found === undefined) throw new Error(`There is no resource ${resource}`);
	return found;
}

/** Companies that the rows name; the tests put them into the store. */
export const rowCompanies = [
	{ _id: '61006bc89a3e0b702ed80001', name: 'A', externalId: 'a-1', sourceId: 's-1' },
	{ _id: '61006bc89a3e0b702ed80002', name: 'B', externalId: 'b-1', sourceId: 's-2' },
];

const ids = fc.constantFrom('61006bc89a3e0b702ed8ea49', '61006bc89a3e0b702ed8ea50', '61006bc89a3e0b702ed8ea51');

const words = fc.constantFrom('Live', 'live', 'On hold', '7', '1200.5', 'é', 'a,b');

const times = fc.constantFrom(...['2026-03-31T00:00:00.000Z', '2026-03-31T08:00:00.000Z', '2025-12-31T23:59:59.999Z']);

const persons = fc.record({ id: ids }, { requiredKeys: ['id'] });

const objects = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom<unknown>(1, '1', true, null));

/** What a row sends to a field of each type, as `writeRow` makes it. */
const sentBy: Readonly<Record<FieldType, fc.Arbitrary<unknown>>> = {
	text: fc.oneof(words, fc.constantFrom(7, 1200.5, true)),
	key: fc.oneof(words, fc.constantFrom(7, 12)),
	email: fc.constantFrom('ann@a.com', 'Ann@A.com', 'bo@a.com'),
	id: ids,
	user: ids,
	number: fc.constantFrom(0, 1, 7, -3.5, 1e9),
	boolean: fc.boolean(),
	date: times,
	day: fc.constantFrom(0, 20_543, 20_544),
	isoDay: fc.constantFrom('2026-03-31', '2026-04-01'),
	choice: words,
	object: objects,
	texts: fc.array(words, { maxLength: 3 }),
	ids: fc.array(ids, { maxLength: 3 }),
	users: fc.array(ids, { maxLength: 3 }),
	objects: fc.array(objects, { maxLength: 2 }),
	members: fc.array(persons, { maxLength: 2 }),
	endusers: fc.array(persons, { maxLength: 2 }),
	records: fc.array(ids, { maxLength: 2 }).map((all) => all.map((_id) => ({ _id }))),
	unknown: fc.oneof(words, fc.constantFrom(1, true), objects),
};

const cleared = (type: FieldType): unknown => {
	if (['text', 'key', 'email'].includes(type)) return '';
	return /s$/.test(type) && type !== 'unknown' ? [] : null;
};

/** Custom fields of the rows, one of each type. */
export const rowCustomFields: ReadonlyMap<string, Pick<Field, 'name' | 'type'>> = new Map(
	(['text', 'number', 'boolean', 'date', 'isoDay', 'choice', 'texts', 'user', 'users', 'unknown'] as const).map(
		(type) => [`c ${type}`, { name: `c ${type}`, type }],
	),
);

function valueOf(field: Pick<Field, 'name' | 'type'>): fc.Arbitrary<unknown> {
	const value = field.name === 'companyId' ? companyReference : sentBy[field.type];
	return fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.constant(cleared(field.type)) });
}

const companyReference = fc.constantFrom(
	...rowCompanies.flatMap(({ _id, externalId, sourceId }) => [_id, `extid-${externalId}`, `srcid-${sourceId}`]),
);

/** Of the fields of a model; keys are left out, since the double refuses those that another record has. */
function sentFieldsOf(model: Model): Field[] {
	const left = new Set<string>([...model.keys, 'custom', 'companyIds', ...(model.kind?.fields ?? [])]);
	return model.fields.filter(({ name, readOnly }) => !readOnly && !left.has(name));
}

/** Rows of a model as they are sent, with some of its fields and some custom fields. */
export function rowsOfModel(model: Model): fc.Arbitrary<IDataObject> {
	const fields = sentFieldsOf(model);
	const some = (of: ReadonlyArray<Pick<Field, 'name' | 'type'>>) =>
		fc.record(Object.fromEntries(of.map((field) => [field.name, valueOf(field)])), { requiredKeys: [] });
	const own = fc.subarray(fields, { maxLength: 6 }).chain(some);
	if (!model.fields.some(({ name }) => name === 'custom')) return own as fc.Arbitrary<IDataObject>;
	const custom = fc.subarray([...rowCustomFields.values()], { maxLength: 4 }).chain(some);
	return fc
		.tuple(own, custom)
		.map(([row, inside]) => (Object.keys(inside).length === 0 ? row : { ...row, custom: inside }) as IDataObject);
}

/** What a value is to Planhat, written apart from what is tested. */
function meaning(type: FieldType, value: unknown): unknown {
	if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
		return null;
	if (type === 'email' || type === 'user' || type === 'id') return String(value).toLowerCase();
	if (type === 'text' || type === 'key' || type === 'choice') return String(value);
	if (type === 'date' || type === 'isoDay') {
		const time = new Date(String(value)).getTime();
		// Two texts that are no dates are not the same for that.
		return Number.isNaN(time) ? value : time;
	}
	const entries = Array.isArray(value) ? value : [value];
	if (type === 'texts' || type === 'ids' || type === 'users') return [...new Set(entries.map(String))].sort();
	if (type === 'records' || type === 'members' || type === 'endusers')
		return [...new Set(entries.map((entry: IDataObject) => String(entry._id ?? entry.id)))].sort();
	return value;
}

/** What a record is to Planhat, in fields that rows send. */
export function meaningOf(record: IDataObject, { own, custom }: SentFields): IDataObject {
	const inside = (record.custom ?? {}) as IDataObject;
	return {
		...Object.fromEntries([...own].map(([name, { type }]) => [name, meaning(type, record[name])])),
		custom: Object.fromEntries([...custom].map(([name, { type }]) => [name, meaning(type, inside[name])])),
	} as IDataObject;
}
