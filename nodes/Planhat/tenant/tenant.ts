import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { UnreadableList } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { emailIdentity } from '../values/keys';
import { hasCustomFields, fetchCustomFields, type CustomField } from './customFields';
import { customFieldsAmong, storedColumns } from './mapperColumns';
import { fetchUsers, type TenantUser, type UsersByEmail } from './users';

/** What a run may have to read of the tenant before a row can be written. */
export type Need = 'users' | 'customFields';

/** Something that could not be read, in words for the person who built the workflow. */
export interface Unavailable {
	reason: string;
}

async function tryTo<Found>(read: () => Promise<Found>): Promise<Found | Unavailable> {
	let thrown: unknown;
	try {
		return await read();
	} catch (error) {
		thrown = error;
	}
	const isRefusal =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError || thrown instanceof UnreadableList;
	if (isRefusal) return { reason: (thrown as Error).message };
	throw thrown;
}

/**
 * What one run knows of the tenant: its custom fields and its users. Each is read at most once, and only when a row needs
 * it. Custom fields that the editor has stored in the node need not be read.
 */
export class Tenant {
	private fields: ReadonlyMap<string, CustomField>;

	private isRead: boolean;

	private users?: UsersByEmail | Unavailable;

	private names?: ReadonlyMap<string, string>;

	private readonly learning = new Map<Need, Promise<void>>();

	/** Why custom fields could not be read; rows are written without them then. */
	customFieldReason?: string;

	constructor(
		private readonly transport: Transport,
		private readonly model: Model,
		node: INode,
	) {
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
	 * @param email of a user, in any case
	 * @returns the users with this address, why that cannot be told, or what has to be learnt to tell
	 */
	usersBy(email: string): readonly TenantUser[] | Unavailable | Need {
		if (this.users === undefined) return 'users';
		return 'reason' in this.users ? this.users : (this.users.get(emailIdentity(email)) ?? []);
	}

	/** @returns what Planhat calls a user, where the users were read already */
	userName(id: unknown): string | undefined {
		if (this.users === undefined || 'reason' in this.users) return undefined;
		this.names ??= new Map([...this.users.values()].flat().flatMap(({ _id, name }) => (name ? [[_id, name]] : [])));
		return this.names.get(String(id));
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
