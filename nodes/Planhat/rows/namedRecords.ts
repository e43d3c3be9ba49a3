import type { IDataObject, INode } from 'n8n-workflow';

import { company } from '../resources/company';
import { enduser } from '../resources/enduser';
import type { Field, Model } from '../resources/types';
import { user } from '../resources/user';
import type { OpenRun } from '../run/openRun';
import { speaksToModel } from '../run/parameters';
import { hasCustomFields } from '../tenant/customFields';
import { customPrefix } from '../tenant/mapperColumns';
import type { NamedRecord } from '../tenant/named';
import { inputError } from '../transport/errors';
import { isBlank, isObject, trimmed } from '../values/checks';
import { spokenDay } from '../values/spokenDays';
import { readListText } from '../values/listText';
import { isEmail } from '../values/keys';
import { isPlanhatId, recordInLink } from '../values/planhatId';

type Run = Pick<OpenRun, 'model' | 'node' | 'tenant' | 'timezone'>;

const userTypes = ['user', 'users', 'members'];

const dateTypes = ['date', 'day', 'isoDay'];

/** The model of the records that the values of a field name; none where nobody calls them by a name. */
function modelNamedBy({ name, type, refersTo }: Field): Model | undefined {
	if (userTypes.includes(type)) return user;
	if (type === 'endusers' || (refersTo === 'enduser' && name !== '_id')) return enduser;
	return refersTo === 'company' && name !== '_id' ? company : undefined;
}

/** What is an ID, a link or a key with its prefix already; emails of end users may be found in several companies. */
function isNamed(model: Model, text: string): boolean {
	if (isPlanhatId(text) || recordInLink(text) !== undefined || /^(ext|src)id-./.test(text)) return true;
	return model === enduser && isEmail(text);
}

function recordOf(node: INode, field: Field, found: NamedRecord): IDataObject {
	if ('record' in found) return found.record;
	throw inputError(node, `'${field.name}': ${found.refused}`, '');
}

/** People in lists stand with their names. */
async function nameOne(run: Run, field: Field, model: Model, value: unknown): Promise<unknown> {
	const text = typeof value === 'string' ? trimmed(value) : '';
	if (text === '' || isNamed(model, text)) return value;
	const { _id, nickName, name } = recordOf(run.node, field, await run.tenant.called(model, text, true));
	const isPerson = field.type === 'members' || field.type === 'endusers';
	return isPerson ? { id: _id, name: nickName ?? name } : _id;
}

async function nameAll(run: Run, field: Field, model: Model, value: unknown): Promise<unknown> {
	const isList = ['users', 'members', 'endusers', 'ids'].includes(field.type);
	if (!isList) return await nameOne(run, field, model, value);
	const entries: unknown[] = typeof value === 'string' ? (readListText(trimmed(value)) ?? [value]) : [value].flat();
	const named: unknown[] = [];
	for (const entry of entries) named.push(await nameOne(run, field, model, entry));
	return named;
}

async function namedValue(run: Run, field: Field | undefined, value: unknown): Promise<unknown> {
	if (field === undefined || isBlank(value) || isObject(value)) return value;
	const model = modelNamedBy(field);
	if (model !== undefined) return await nameAll(run, field, model, value);
	return dateTypes.includes(field.type) ? (spokenDay(value, run.timezone) ?? value) : value;
}

/** Custom fields that the editor has not stored are read anyway, before any of them is written. */
async function customFieldCalled({ tenant }: Run, name: string, value: unknown): Promise<Field | undefined> {
	if (isBlank(value)) return undefined;
	if (!tenant.customFields.has(name)) await tenant.learn('customFields');
	return tenant.customFields.get(name);
}

async function fieldCalled(run: Run, name: string, value: unknown): Promise<Field | undefined> {
	const known = run.model.fields.find((field) => field.name === name);
	if (known !== undefined || !hasCustomFields(run.model)) return known;
	return await customFieldCalled(run, name.startsWith(customPrefix) ? name.slice(customPrefix.length) : name, value);
}

async function withNamedInside(run: Run, custom: IDataObject): Promise<IDataObject> {
	const named: IDataObject = {};
	for (const [name, value] of Object.entries(custom))
		named[name] = (await namedValue(run, await customFieldCalled(run, name, value), value)) as IDataObject['any'];
	return named;
}

/**
 * A model names companies, users and end users as people do, and days too: their IDs and dates stand in place of that.
 * @returns the same row where the node is no tool
 * @throws NodeOperationError where a name is that of no record or of several
 */
export async function withNamedRecords(run: Run, given: IDataObject): Promise<IDataObject> {
	if (!speaksToModel(run.node)) return given;
	const row: IDataObject = { ...given };
	for (const [name, value] of Object.entries(given)) {
		if (name === 'custom' && isObject(value)) row[name] = await withNamedInside(run, value);
		else row[name] = (await namedValue(run, await fieldCalled(run, name, value), value)) as IDataObject['any'];
	}
	return row;
}
