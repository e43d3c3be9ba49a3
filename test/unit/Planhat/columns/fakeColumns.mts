import type { IDataObject } from 'n8n-workflow';

import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import type { Columns } from '../../../../nodes/Planhat/columns/column.ts';
import { planRows } from '../../../../nodes/Planhat/rows/planRows.ts';
import type { Referenced, ReferenceWay } from '../../../../nodes/Planhat/tenant/references.ts';
import type { KnownTenant } from '../../../../nodes/Planhat/columns/plannedColumns.ts';
import { problemText } from '../../../../nodes/Planhat/rows/problemText.ts';
import type { RowOptions, Rules } from '../../../../nodes/Planhat/columns/rules.ts';
import { writeRow } from '../../../../nodes/Planhat/rows/writeRow.ts';
import { customFieldOf, type CustomField } from '../../../../nodes/Planhat/tenant/customFields.ts';
import type { Need } from '../../../../nodes/Planhat/tenant/tenant.ts';
import { emailIdentity } from '../../../../nodes/Planhat/values/keys.ts';

/** What a tenant has, and what of it the editor has stored in the node. */
export interface FakeTenantOptions {
	/** Definitions of custom fields, as Planhat lists them. */
	customFields?: IDataObject[];
	stored?: CustomField[];
	users?: Array<{ _id: string; email: string; name?: string }>;
	/** Companies and end users, by the way and the text that name them. */
	references?: Record<string, Referenced[]>;
	/** Why custom fields cannot be read. */
	reason?: string;
	usersTrouble?: string;
}

export interface FakeTenant extends KnownTenant {
	/** What was asked of Planhat, in order. */
	readonly learnt: Array<Need | ReferenceWay>;
}

export function knownTenant({
	customFields = [],
	stored = [],
	users = [],
	references = {},
	...options
}: FakeTenantOptions = {}): FakeTenant {
	const learnt: Array<Need | ReferenceWay> = [];
	return {
		learnt,
		get customFields() {
			const isRead = learnt.includes('customFields') && options.reason === undefined;
			const read = customFields.flatMap((definition) => customFieldOf(definition) ?? []);
			return new Map((isRead ? read : stored).map((field) => [field.name, field]));
		},
		get customFieldsRead() {
			return learnt.includes('customFields');
		},
		get customFieldReason() {
			return learnt.includes('customFields') ? options.reason : undefined;
		},
		usersBy(email) {
			if (!learnt.includes('users')) return 'users';
			if (options.usersTrouble !== undefined) return { reason: options.usersTrouble };
			return users.filter((user) => emailIdentity(user.email) === emailIdentity(email));
		},
		referencesBy: (way, text) => (learnt.includes(way) ? (references[`${way} ${text}`] ?? []) : undefined),
		async learnReferences(way) {
			learnt.push(way);
		},
		valuesSeen: () => undefined,
		async learnValues() {},
		async learn(need) {
			learnt.push(need);
		},
	};
}

export interface FakeRun {
	resource?: string;
	writes?: Rules['writes'];
	options?: Partial<RowOptions>;
	check?: Rules['check'];
	isAutomatic?: boolean;
	timezone?: string;
	tenant?: KnownTenant;
	sourceOf?(name: string): string | undefined;
}

/** The columns of rows that are input items, unless the run says otherwise. */
export async function columnsOf(rows: readonly IDataObject[], run: FakeRun = {}): Promise<Columns> {
	const model = modelOf(run.resource ?? 'company');
	if (model === undefined) throw new Error(`There is no resource ${run.resource}`);
	const options: RowOptions = { unknownFields: 'send', emptyValues: 'leave', keylessRows: 'fail', ...run.options };
	return await planRows(
		{
			model,
			tenant: run.tenant ?? knownTenant(),
			timezone: run.timezone ?? 'Europe/Stockholm',
			isAutomatic: run.isAutomatic ?? true,
			sourceOf: run.sourceOf,
		},
		rows.map((given, item) => ({ item, given })),
		{ writes: run.writes ?? 'either', options, check: run.check },
	);
}

/** What is sent of a row, or all that is wrong with it in words. */
export function written(given: IDataObject, columns: Columns): IDataObject | string {
	const wrote = writeRow(given, columns);
	return 'fields' in wrote ? wrote.fields : wrote.problems.map(problemText).join('; ');
}

/** What is sent of rows of one run. */
export async function sentOf(rows: readonly IDataObject[], run: FakeRun = {}): Promise<Array<IDataObject | string>> {
	const columns = await columnsOf(rows, run);
	return rows.map((row) => written(row, columns));
}
