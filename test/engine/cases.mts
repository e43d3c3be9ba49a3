import type { IDataObject } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import type { FieldType, Model } from '../../dist/nodes/Planhat/resources/types.js';

const companyId = '5f0000000000000000000001';

/** What a model's requests must look like, written down from Planhat's documents and not from the registry. */
export interface ModelCase {
	resource: string;
	/** Path of the collection. */
	path: string;
	/** Path at which one record is read. */
	readPath?: string;
	/** Fields as a user gives them. */
	given: IDataObject;
	/** The same as Planhat wants them, where that differs. */
	sent?: IDataObject;
	/** Fields of the answer to a Get, where they differ from what was sent. */
	stored?: IDataObject;
	/** A change as a user gives it, and as it is sent. */
	change: IDataObject;
	changeSent?: IDataObject;
	externalKey?: 'externalId' | 'extId';
	sourceKey?: 'sourceId';
	/** The prefix of a source id in a path, where it is not srcid-. */
	sourcePrefix?: string;
	email?: true;
	/** Written by PUT of one row. */
	rows?: true;
}

const external = { externalKey: 'externalId' } as const;
const keyed = { externalKey: 'externalId', sourceKey: 'sourceId' } as const;

/** In the order of the list of resources. */
const written: ModelCase[] = [
	{ resource: 'asset', path: '/assets', given: { name: 'Line 1', companyId }, change: { name: 'Line 2' }, ...keyed },
	{
		resource: 'campaign',
		path: '/campaigns',
		given: { name: 'Adoption', companyId },
		change: { name: 'Reach' },
		...keyed,
	},
	{
		resource: 'churn',
		path: '/churn',
		given: { companyId, value: 100, isChurn: true, churnDate: '2026-03-31' },
		sent: { companyId, value: 100, isChurn: true, churnDate: '2026-03-31T00:00:00.000Z' },
		change: { comment: 'Price' },
		...keyed,
	},
	{
		resource: 'company',
		path: '/companies',
		given: { name: 'Acme' },
		change: { phase: 'Live', custom: { Plan: 'Pro' } },
		...keyed,
	},
	{
		resource: 'conversation',
		path: '/conversations',
		given: { companyId, type: 'call', subject: 'Hello', date: '2026-03-31T10:00:00+02:00' },
		sent: { companyId, type: 'call', subject: 'Hello', date: '2026-03-31T08:00:00.000Z' },
		change: { subject: 'Hello again' },
		...external,
	},
	{
		resource: 'customField',
		path: '/customfields',
		given: { name: 'Plan', type: 'list', parent: 'company', isHidden: false, listValues: ['Basic', 'Pro'] },
		change: { listValues: ['Basic', 'Pro', 'Max'] },
	},
	{ resource: 'deal', path: '/deals', given: { companyId, name: 'Renewal' }, change: { name: 'Upsell' }, ...keyed },
	{
		resource: 'enduser',
		path: '/endusers',
		given: { email: 'kim@example.com', companyId, firstName: 'Kim' },
		change: { position: 'CTO' },
		...keyed,
		email: true,
	},
	{
		resource: 'invoice',
		path: '/invoices',
		given: { cId: companyId, currency: 'USD', invoiceDate: '2021-07-24', dueDate: '2021-08-23T23:59:59Z' },
		sent: { cId: companyId, currency: 'USD', invoiceDate: 18_832, dueDate: 18_862 },
		change: { status: 'paid', paidDate: '2021-08-11T22:00:00-04:00' },
		changeSent: { status: 'paid', paidDate: 18_850 },
		externalKey: 'extId',
		sourceKey: 'sourceId',
	},
	{
		resource: 'issue',
		path: '/issues',
		given: { title: 'Slow', sourceId: 'i-1', archived: false },
		change: { title: 'Slower' },
		sourceKey: 'sourceId',
	},
	{
		resource: 'license',
		path: '/licenses',
		given: { companyId, _currency: 'USD', fromDate: '2026-01-01', mrr: 10 },
		sent: { companyId, _currency: 'USD', fromDate: '2026-01-01T00:00:00.000Z', mrr: 10 },
		change: { mrr: 20 },
		...keyed,
	},
	{
		resource: 'lineItem',
		path: '/lineitems',
		given: { dealId: '5f00000000000000000000de', fromDate: '2026-01-01' },
		sent: { dealId: '5f00000000000000000000de', fromDate: '2026-01-01T00:00:00.000Z' },
		change: { mrr: 20 },
		...keyed,
	},
	{
		resource: 'note',
		path: '/conversations',
		given: { companyId, subject: 'Kick-off', date: '2026-03-31' },
		sent: { companyId, subject: 'Kick-off', date: '2026-03-31T00:00:00.000Z', type: 'note' },
		change: { subject: 'Kick-off, part 2' },
		...external,
	},
	{
		resource: 'nps',
		path: '/nps',
		given: { email: 'kim@example.com', score: 9, cId: companyId },
		change: { comment: 'Good' },
		sourceKey: 'sourceId',
	},
	{
		resource: 'objective',
		path: '/objectives',
		given: { name: 'Grow', companyId },
		change: { name: 'Stay' },
		...keyed,
	},
	{
		resource: 'opportunity',
		path: '/opportunities',
		given: { companyId, title: 'More seats' },
		change: { title: 'Fewer seats' },
		...keyed,
	},
	{ resource: 'product', path: '/products', given: { name: 'Seats' }, change: { name: 'Chairs' }, ...keyed },
	{
		resource: 'project',
		path: '/projects',
		given: { name: 'Roll-out', companyId },
		change: { name: 'Roll-in' },
		...keyed,
	},
	{
		resource: 'sale',
		path: '/sales',
		given: { companyId, _currency: 'USD', salesDate: '2026-01-01', value: 5 },
		sent: { companyId, _currency: 'USD', salesDate: '2026-01-01T00:00:00.000Z', value: 5 },
		change: { value: 6 },
		...keyed,
	},
	{
		resource: 'task',
		path: '/tasks',
		given: { mainType: 'task', companyId, action: 'Call' },
		change: { status: 'Done' },
		...keyed,
	},
	{
		resource: 'ticket',
		path: '/tickets',
		readPath: '/conversations',
		given: { sourceId: '119', email: 'kim@example.com', companyId, title: 'Broken', description: 'It is' },
		stored: {
			externalId: '119',
			email: 'kim@example.com',
			companyId,
			subject: 'Broken',
			snippet: 'It is',
			type: 'ticket',
		},
		change: { status: 'closed' },
		sourceKey: 'sourceId',
		sourcePrefix: 'extid-',
		rows: true,
	},
	{
		resource: 'timeEntry',
		path: '/timeentries',
		given: { date: '2026-01-01', hours: 2, companyId },
		sent: { date: '2026-01-01T00:00:00.000Z', hours: 2, companyId },
		change: { hours: 3 },
	},
	{
		resource: 'timesheet',
		path: '/timesheets',
		given: { assignedId: '66eb28a6ef8857a5097fbce3', assignedModel: 'User', dateFrom: '2026-01-01', dateTo: 20_460 },
		sent: { assignedId: '66eb28a6ef8857a5097fbce3', assignedModel: 'User', dateFrom: 20_454, dateTo: 20_460 },
		change: { status: 'submitted' },
	},
	{
		resource: 'user',
		path: '/users',
		given: { email: 'lee@example.com', nickName: 'Lee', firstName: 'Lee', lastName: 'Doe' },
		change: { inactive: false },
		...external,
		email: true,
	},
	{
		resource: 'workspace',
		path: '/workspaces',
		given: { name: 'West', companyId },
		change: { name: 'East' },
		...keyed,
	},
];

const samples: Partial<Record<FieldType, IDataObject[string]>> = {
	id: companyId,
	number: 1,
	boolean: true,
	date: '2026-03-31T00:00:00.000Z',
	object: {},
};

/** A model that nobody has written down here is tested by what the registry says of it. */
function caseOf({ resource, path, readPath, fields, requiredOneOf, keys, findByEmail, writesRows }: Model): ModelCase {
	const needed = [
		...fields.filter(({ required }) => required).map(({ name }) => name),
		...requiredOneOf.map(([name]) => name),
	];
	const given = fields.filter(({ name }) => needed.includes(name));
	const texts = fields.filter(
		({ name, type, readOnly }) => type === 'text' && !readOnly && !keys.some((key) => key === name),
	);
	return {
		resource,
		path,
		...(readPath !== path && { readPath }),
		given: Object.fromEntries(given.map(({ name, type, values }) => [name, samples[type] ?? values?.[0] ?? 'A'])),
		change: { [String(texts[0]?.name)]: 'B' },
		...(keys.includes('extId') && { externalKey: 'extId' }),
		...(keys.includes('externalId') && { externalKey: 'externalId' }),
		...(keys.includes('sourceId') && { sourceKey: 'sourceId' }),
		...(findByEmail && { email: true }),
		...(writesRows && { rows: true }),
	};
}

/** Every model whose records can be created, in the order of the list of resources. */
export const cases: ModelCase[] = [
	...written,
	...models
		.filter(
			({ resource, operations }) =>
				operations.includes('create') && !written.some((each) => each.resource === resource),
		)
		.map(caseOf),
].sort((one, other) => one.resource.localeCompare(other.resource));

/** The models that workflows depend on. */
export const released: readonly string[] = written.map(({ resource }) => resource);
