import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { namesBeside, userTypes } from '../resources/addedNames';
import type { Field, Model } from '../resources/types';
import type { ItemRun } from '../run/context';
import { eventLoopYielder } from '../run/eventLoop';
import { readSwitch } from '../run/parameters';
import { inputError } from '../transport/errors';
import { isObject } from '../values/checks';

/** What is added to records: to names of fields, what stands beside them. */
type Beside = (name: string, value: unknown) => IDataObject;

type Tenant = Pick<ItemRun['tenant'], 'userOf' | 'companyKeys'>;

/** A record is quickly added to: the time is looked at after so many. */
const recordsBetweenLooks = 32;

/** The field that names the company of a record, or its companies. */
function ofCompany({ fields }: Model): Field | undefined {
	return fields.find(({ refersTo }) => refersTo === 'company');
}

function addsKeys(item: Pick<ItemRun, 'node' | 'parameter'>): boolean {
	return readSwitch(item, 'options.addCompanyKeys', 'Add Company Keys', false);
}

/** The field that has to be read for the keys of companies; undefined where nobody wants them. */
export function neededForKeys(item: Pick<ItemRun, 'model' | 'node' | 'parameter'>): string | undefined {
	const field = ofCompany(item.model);
	return field !== undefined && addsKeys(item) ? field.name : undefined;
}

function idIn(value: unknown): string {
	return String(isObject(value) ? (value._id ?? value.id) : value);
}

/** What no field of the model is, is a custom field: of a user, where all that it holds are IDs of users. */
function besideUsers({ fields }: Model, tenant: Tenant): Beside {
	const types = new Map(fields.map(({ name, type }) => [name, type]));
	return function beside(name, value) {
		if (name === 'custom' && isObject(value)) return {};
		const type = types.get(name);
		const isList = Array.isArray(value);
		const users = [value].flat().map((each) => tenant.userOf(idIn(each)));
		const isOfUsers = type === undefined ? users.every((user) => user !== undefined) : userTypes.includes(type);
		if (name === '_id' || users.length === 0 || !isOfUsers) return {};
		const [names, emails] = namesBeside(name, type === undefined, isList);
		const shown = users.map((user) => ({ name: user?.name ?? null, email: user?.email ?? null }));
		if (isList) return { [names]: shown.map((user) => user.name), [emails]: shown.map(({ email }) => email) };
		return { [names]: shown[0]?.name, [emails]: shown[0]?.email };
	};
}

async function besideCompany(model: Model, tenant: Tenant): Promise<Beside> {
	const field = ofCompany(model);
	const keys = await tenant.companyKeys();
	return function beside(name, value) {
		if (name !== field?.name) return {};
		const [first, ...others] = [value].flat().map((each) => keys.get(idIn(each)));
		if (!Array.isArray(value))
			return { companyExternalId: first?.externalId ?? null, companySourceId: first?.sourceId ?? null };
		const all = value.length === 0 ? [] : [first, ...others];
		return {
			companyExternalIds: all.map((each) => each?.externalId ?? null),
			companySourceIds: all.map((each) => each?.sourceId ?? null),
		};
	};
}

/** What Planhat sent stays, also under a name that would be added. */
function withAdded(record: IDataObject, all: readonly Beside[]): IDataObject {
	const shown: IDataObject = {};
	for (const [name, value] of Object.entries(record)) {
		shown[name] = name === 'custom' && isObject(value) ? withAdded(value, all) : value;
		for (const beside of all)
			for (const [other, added] of Object.entries(beside(name, value))) if (!(other in record)) shown[other] = added;
	}
	return shown;
}

async function learnUsers({ node, tenant }: Pick<ItemRun, 'node' | 'tenant'>): Promise<void> {
	await tenant.learn('users');
	const known = tenant.usersBy('');
	if (typeof known === 'string' || !('reason' in known)) return;
	throw inputError(
		node,
		`Names cannot be added, since the users cannot be read: ${known.reason}`,
		"Turn off 'Add Names', or allow the Private App to read users.",
	);
}

/**
 * Adds to records what the user wants to see beside IDs: names and emails of users, keys of companies. Each is read at most
 * once a run, and only where there are records.
 * @param records as they are shown
 * @throws NodeApiError or NodeOperationError when what is to be added cannot be read
 */
export async function withAdditions(
	item: Pick<ItemRun, 'model' | 'node' | 'tenant' | 'parameter'>,
	records: IDataObject[],
): Promise<IDataObject[]> {
	const { model, tenant } = item;
	const addsNames = readSwitch(item, 'options.addNames', 'Add Names', false);
	if (records.length === 0 || !(addsNames || addsKeys(item))) return records;
	if (addsNames) await learnUsers(item);
	const all = [
		...(addsNames ? [besideUsers(model, tenant)] : []),
		...(addsKeys(item) ? [await besideCompany(model, tenant)] : []),
	];
	const yieldToEventLoop = eventLoopYielder();
	const shown: IDataObject[] = [];
	for (const [at, record] of records.entries()) {
		shown.push(withAdded(record, all));
		const pause = at % recordsBetweenLooks === 0 ? yieldToEventLoop() : undefined;
		if (pause) await pause;
	}
	return shown;
}

function namesUsers({ fields }: Model): boolean {
	return fields.some(({ name, type }) => name === 'custom' || userTypes.includes(type));
}

/** The options `addNames` and `addCompanyKeys`, for what is read of the resources that have users or a company. */
export function additionOptions(models: readonly Model[], reading: string[]): INodeProperties[] {
	const shownFor = (isMeant: (model: Model) => boolean) => ({
		show: {
			'/operation': reading,
			'/resource': models.filter(isMeant).map(({ resource }) => resource),
			'@tool': [false],
		},
	});
	return [
		{
			displayName: 'Add Company Keys',
			name: 'addCompanyKeys',
			type: 'boolean',
			default: false,
			displayOptions: shownFor((model) => ofCompany(model) !== undefined),
			description: "Whether to add the company's external ID and source ID, with one more request per run",
		},
		{
			displayName: 'Add Names',
			name: 'addNames',
			type: 'boolean',
			default: false,
			displayOptions: shownFor(namesUsers),
			description: "Whether to add name and email beside each user's ID. The users are read once per run.",
		},
	];
}
