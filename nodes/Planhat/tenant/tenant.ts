import type { IDataObject, INode } from 'n8n-workflow';

import { nameOfUser } from '../resources/plainNames';
import type { Model } from '../resources/types';
import { user as userModel } from '../resources/user';
import type { Transport } from '../transport/transport';
import { emailIdentity } from '../values/keys';
import { isPlanhatId } from '../values/planhatId';
import { fetchCompanyKeys, type CompanyKeys } from './companyKeys';
import { hasCustomFields, fetchCustomFields, type CustomField } from './customFields';
import { changesNames, forgetDirectory, readDirectory, type Directory } from './directory';
import { customFieldsAmong, storedColumns } from './mapperColumns';
import { nearNamed, recordCalled, searchNamed, type NamedRecord } from './named';
import { References, type Referenced, type ReferenceWay } from './references';
import { fetchSeenValues } from './seenValues';
import { tryTo, type Unavailable } from './unavailable';
import { fetchUsers, type TenantUser, type UsersByEmail } from './users';

/** What a run may have to read of the tenant before a row can be written. */
export type Need = 'users' | 'customFields';

/**
 * What one run knows of the tenant: its custom fields, its users, and the records that rows point at. Each is read at most once, and only when a row needs
 * it. Custom fields that the editor has stored in the node need not be read.
 */
export class Tenant {
	private fields: ReadonlyMap<string, CustomField>;

	private isRead: boolean;

	private users?: UsersByEmail | Unavailable;

	private names: ReadonlyMap<string, string> = new Map();

	private byId?: ReadonlyMap<string, TenantUser>;

	private readonly references: References;

	private seen?: Promise<ReadonlyMap<string, readonly string[]> | Unavailable>;

	private readonly seenValues = new Map<string, readonly string[]>();

	private keys?: Promise<ReadonlyMap<string, CompanyKeys>>;

	private readonly learning = new Map<Need, Promise<void>>();

	/** Why custom fields could not be read; rows are written without them then. */
	customFieldReason?: string;

	constructor(
		private readonly transport: Transport,
		private readonly model: Model,
		node: INode,
		/** Tells tenants and tokens apart, in what is kept of them for longer than a run. */
		private readonly owner = '',
	) {
		this.references = new References(transport);
		// Planhat keeps no custom values of the others.
		this.isRead = !hasCustomFields(model);
		this.fields = byName(customFieldsAmong(storedColumns(node.parameters.fields)));
	}

	/** By their exact names. */
	get customFields(): ReadonlyMap<string, CustomField> {
		return this.fields;
	}

	/** Whether Planhat was asked for them; before that they are those that the editor has stored. */
	get customFieldsRead(): boolean {
		return this.isRead;
	}

	/**
	 * @param naming email of a user, in any case, or ID
	 * @returns the users whom it names, why that cannot be told, or what has to be learnt to tell
	 */
	usersBy(naming: string): readonly TenantUser[] | Unavailable | Need {
		if (this.users === undefined) return 'users';
		if ('reason' in this.users) return this.users;
		if (!isPlanhatId(naming)) return this.users.get(emailIdentity(naming)) ?? [];
		const user = this.userOf(naming.toLowerCase());
		return user === undefined ? [] : [user];
	}

	/** @returns what Planhat calls a user, where the users were read already */
	userName(id: unknown): string | undefined {
		return this.userOf(String(id))?.name ?? this.names.get(String(id));
	}

	/** Learns what users are called, as it was within the last minute. Without it, records show their IDs. */
	async learnUserNames(): Promise<void> {
		const found = await tryTo(async () => await this.directory(userModel));
		if ('reason' in found) return;
		this.names = new Map(
			found.records.map((record) => [String(record._id), nameOfUser(record) ?? String(record.email)]),
		);
	}

	/** @returns the user with this ID, where the users were read already */
	userOf(id: string): TenantUser | undefined {
		if (this.users === undefined || 'reason' in this.users) return undefined;
		this.byId ??= new Map([...this.users.values()].flat().map((user) => [user._id, user]));
		return this.byId.get(id);
	}

	/** @returns the companies or end users that a text names; undefined where that has to be learnt first */
	referencesBy(way: ReferenceWay, text: string): readonly Referenced[] | Unavailable | undefined {
		return this.references.by(way, text);
	}

	/**
	 * Learns what texts name. When Planhat does not give it, the run knows why.
	 * @throws the signal's reason when the execution is cancelled
	 */
	async learnReferences(way: ReferenceWay, texts: Iterable<string>): Promise<void> {
		await this.references.learn(way, texts);
	}

	/** The values that recent records have in a field; undefined where they were not read, or cannot be. */
	valuesSeen(name: string): readonly string[] | undefined {
		return this.seenValues.get(name);
	}

	/** Reads the values that recent records have. When Planhat does not give them, the run goes on without. */
	async learnValues(names: readonly string[]): Promise<void> {
		if (names.every((name) => this.seenValues.has(name))) return;
		this.seen ??= tryTo(async () => await fetchSeenValues(this.transport, this.model, this.model.seen));
		const found = await this.seen;
		if ('reason' in found) return;
		for (const [name, values] of found) this.seenValues.set(name, values);
	}

	/**
	 * @returns the keys of all companies by their IDs, read at most once
	 * @throws NodeApiError when Planhat or the network refuses, UnreadableList when the answer is no list
	 */
	async companyKeys(): Promise<ReadonlyMap<string, CompanyKeys>> {
		this.keys ??= fetchCompanyKeys(this.transport);
		return await this.keys;
	}

	/**
	 * @returns what people know the records of a model by, as it was within the last minute
	 * @throws NodeApiError when Planhat or the network refuses, UnreadableList when the answer is no list
	 */
	async directory(model: Model): Promise<Directory> {
		return await readDirectory(this.transport, this.owner, model);
	}

	/**
	 * Finds records by words of what people know them by. Where nothing was a minute ago, there may be something now; else
	 * those that may be meant.
	 * @throws as `directory`
	 */
	async search(model: Model, text: string): Promise<{ found: readonly IDataObject[]; near: readonly IDataObject[] }> {
		const found = searchNamed(model, (await this.directory(model)).records, text);
		if (found.length > 0) return { found, near: [] };
		const { records } = await readDirectory(this.transport, this.owner, model, true);
		const foundNow = searchNamed(model, records, text);
		return { found: foundNow, near: foundNow.length > 0 ? [] : nearNamed(model, records, text) };
	}

	/** Lets names be read anew after a write that may have changed them: another record would be found by the old ones. */
	forgetNames(written: { method: string; body?: unknown }): void {
		if (changesNames(this.model, written)) forgetDirectory(this.owner, this.model);
	}

	/**
	 * Finds the record that is called so. Where none was a minute ago, there may be one now.
	 * @param isStrict whether a name has to be given as it is written
	 * @throws as `directory`
	 */
	async called(model: Model, text: string, isStrict: boolean): Promise<NamedRecord> {
		const known = recordCalled(model, await this.directory(model), text, isStrict);
		if (!('isUnknown' in known && known.isUnknown)) return known;
		return recordCalled(model, await readDirectory(this.transport, this.owner, model, true), text, isStrict);
	}

	/**
	 * Reads what is needed, once however many items ask for it. When Planhat does not give it, the run goes on without, and
	 * knows why.
	 * @throws the signal's reason when the execution is cancelled
	 */
	async learn(need: Need): Promise<void> {
		const learning = this.learning.get(need) ?? (need === 'users' ? this.learnUsers() : this.learnCustomFields());
		this.learning.set(need, learning);
		await learning;
	}

	private async learnUsers(): Promise<void> {
		this.users = await tryTo(async () => await fetchUsers(this.transport));
	}

	private async learnCustomFields(): Promise<void> {
		if (this.isRead) return;
		const found = await tryTo(async () => await fetchCustomFields(this.transport, this.model));
		this.isRead = true;
		if ('reason' in found) this.customFieldReason = found.reason;
		else this.fields = byName(found);
	}
}

function byName(fields: readonly CustomField[]): ReadonlyMap<string, CustomField> {
	return new Map(fields.map((field) => [field.name, field]));
}
