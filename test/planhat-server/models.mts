import { servedModel, type ServedFilter, type ServedModel } from './model.mts';
import { prepareTicket } from './tickets.mts';
import { isGiven, type JsonObject } from './types.mts';

const external = { 'extid-': 'externalId' };
const source = { 'srcid-': 'sourceId' };
const companyFilter: ServedFilter = { name: 'companyId', field: 'companyId', kind: 'anyOf' };
const withoutCompany = { companyField: null, companyNameField: null, companyPrefixes: false, filters: [] };

const companies = servedModel('companies', 'Company', {
	...withoutCompany,
	page: { default: 100, maximum: 5000 },
	required: ['name'],
	refusesIdInBody: true,
	filters: [
		{ name: 'companyId', field: '_id', kind: 'anyOf' },
		{ name: 'status', field: 'status', kind: 'anyOf' },
		{ name: 'name', field: 'name', kind: 'equals' },
	],
	defaults: {
		shareable: { enabled: false, euIds: [], sunits: false },
		followers: [],
		domains: [],
		collaborators: [],
		products: [],
		tags: [],
		sales: [],
		licenses: [],
		features: {},
		sunits: {},
		usage: {},
		csmScoreLog: [],
		documents: [],
		links: [],
		alerts: [],
		lastActivities: [],
		nrr30: 0,
		nrrTotal: 0,
		mrrTotal: 0,
		mrr: 0,
		mr: 0,
		mrTotal: 0,
		status: 'prospect',
		__v: 0,
	},
});

const conversations = servedModel('conversations', 'Conversation', {
	page: { default: 30, maximum: 2000 },
	keyables: ['_id', 'externalId'],
	prefixes: external,
	required: ['companyId'],
	deleteAnswer: 'record',
	filters: [
		companyFilter,
		{ name: 'cId', field: 'companyId', kind: 'anyOf' },
		{ name: 'type', field: 'type', kind: 'anyOf' },
	],
	timeFields: { created: ['createDate', 'createdAt'], updated: ['updatedAt'] },
	defaults: {
		type: 'note',
		starred: false,
		pinned: false,
		archived: false,
		isOpen: false,
		waitsToBeFiltered: true,
		autoTags: [],
		activityTags: [],
		emailTemplateIds: [],
		tags: [],
		timeBucket: [],
		users: [],
		endusers: [],
		sender: [],
		history: [],
		__v: 0,
	},
});

const tickets = servedModel('tickets', 'Ticket', {
	storage: 'conversations',
	only: (record) => record['type'] === 'ticket',
	page: { default: 500, maximum: 10000 },
	keyables: ['_id', 'sourceId'],
	// A ticket's sourceId comes back as externalId (official sample of GET /tickets).
	storedAs: { sourceId: 'externalId' },
	prefixes: {},
	required: ['sourceId', 'email'],
	requiredOneOf: [['companyId', 'companyExternalId', 'domains']],
	deleteAnswer: 'record',
	endpoints: { single: false, bulk: true },
	filters: [
		companyFilter,
		{ name: 'cid', field: 'companyId', kind: 'anyOf' },
		{ name: 'status', field: 'status', kind: 'equals' },
		{ name: 's', field: 'status', kind: 'equals' },
		{ name: 'email', field: 'email', kind: 'equals' },
		{ name: 'search', field: 'snippet', kind: 'contains' },
	],
	timeFields: { created: ['createDate', 'date', 'inDate'], updated: ['updateDate', 'updatedAt'] },
	defaults: { ...conversations.defaults, type: 'ticket', subType: 'ticket' },
	prepare: prepareTicket,
});

const endusers = servedModel('endusers', 'Enduser', {
	keyables: ['_id', 'sourceId', 'externalId', 'email'],
	// The table wants an e-mail, the text any one key (reference.md, 15); the company may follow from the domain.
	required: ['companyId'],
	requiredOneOf: [['email', 'externalId', 'sourceId']],
	filters: [
		companyFilter,
		{ name: 'c', field: 'companyId', kind: 'anyOf' },
		{ name: 'email', field: 'email', kind: 'equals' },
		{ name: 'euId', field: '_id', kind: 'anyOf' },
		{ name: 'archived', field: 'archived', kind: 'includes' },
	],
	defaults: {
		archived: false,
		featured: false,
		npsUnsubscribed: false,
		otherEmails: [],
		tags: [],
		personas: [],
		__v: 0,
	},
});

const tasks = servedModel('tasks', 'Task', {
	page: { default: 500, maximum: 10000 },
	required: ['mainType', 'companyId'],
	filters: [
		companyFilter,
		{ name: 'isArchived', field: 'isArchived', kind: 'switches' },
		{ name: 'enduserIds', field: 'endusers', kind: 'anyOf' },
		{ name: 'status', field: 'status', kind: 'equals' },
	],
	defaults: { isArchived: false, activityTags: [], endusers: [], users: [], checklist: [], __v: 0 },
});

const invoices = servedModel('invoices', 'Invoice', {
	keyables: ['_id', 'sourceId', 'extId'],
	prefixes: { 'extid-': 'extId', ...source },
	required: ['cId', 'currency'],
	companyField: 'cId',
	companyNameField: 'cName',
	filters: [
		{ name: 'companyId', field: 'cId', kind: 'anyOf' },
		{ name: 'cId', field: 'cId', kind: 'anyOf' },
	],
});

const nps = servedModel('nps', 'NPS', {
	page: { default: 100, maximum: 10000 },
	keyables: ['_id', 'sourceId'],
	prefixes: source,
	required: ['email', 'score'],
	companyField: 'cId',
	companyNameField: null,
	companyPrefixes: false,
	filters: [
		{ name: 'companyId', field: 'cId', kind: 'anyOf' },
		{ name: 'cId', field: 'cId', kind: 'anyOf' },
		{ name: 'enduserId', field: 'euId', kind: 'anyOf' },
	],
});

const issues = servedModel('issues', 'Issue', {
	keyables: ['_id', 'sourceId'],
	prefixes: source,
	required: ['title'],
	companyField: 'companyIds',
	companyNameField: null,
	companyPrefixes: false,
	filters: [{ name: 'companyId', field: 'companyIds', kind: 'anyOf' }],
	defaults: { archived: false, __v: 0 },
});

/** A license wants `value` when its period is fixed and `mrr` when it is not (models.json, License). */
function licenseAmount(body: JsonObject): string[] {
	if (body['fixedPeriod'] === true) return ['value'];
	if (body['fixedPeriod'] === false) return ['mrr'];
	return isGiven(body['mrr']) ? [] : ['value'];
}

const idOnly = { keyables: ['_id'], prefixes: {} };

/** All models that have a path of their own; a note is a conversation (reference.md, 5). */
export const servedModels: readonly ServedModel[] = [
	servedModel('assets', 'Asset', {}),
	servedModel('campaigns', 'Campaign', {}),
	servedModel('churn', 'Churn', {
		page: { default: 100, maximum: 1000 },
		required: ['companyId', 'value'],
		timeFields: { created: ['createDate', 'createdAt'], updated: ['updatedAt'] },
	}),
	companies,
	conversations,
	servedModel('customfields', 'CustomField', {
		...withoutCompany,
		...idOnly,
		required: ['name', 'type', 'parent', 'isHidden'],
		endpoints: { single: true, bulk: false },
		filters: [{ name: 'parent', field: 'parent', kind: 'equals' }],
		defaults: { isFeatured: false, isShared: false, isLocked: false, isMandatory: false, isFormula: false },
	}),
	servedModel('deals', 'Deal', { required: ['companyId'], defaults: {} }),
	endusers,
	invoices,
	issues,
	servedModel('licenses', 'License', {
		required: ['companyId', '_currency', 'fromDate'],
		alsoRequired: licenseAmount,
		defaults: { renewalStatus: 'ongoing', autoRenews: false, toDateIncluded: false, isOverdue: false, __v: 0 },
	}),
	servedModel('lineitems', 'LineItem', {
		...withoutCompany,
		required: ['dealId', 'fromDate'],
		filters: [{ name: 'companyId', field: 'dealId', kind: 'companyOfDeal' }],
		timeFields: { created: [], updated: [] },
		defaults: {},
	}),
	nps,
	servedModel('objectives', 'Objective', {}),
	servedModel('opportunities', 'Opportunity', { required: ['companyId'], defaults: { contractLength: 12, __v: 0 } }),
	servedModel('products', 'Product', { ...withoutCompany, required: ['name'], defaults: { type: 'subscription' } }),
	servedModel('projects', 'Project', {}),
	servedModel('sales', 'Sale', { required: ['companyId', '_currency', 'salesDate', 'value'] }),
	tasks,
	tickets,
	servedModel('timeentries', 'TimeEntry', {
		...idOnly,
		required: ['date', 'hours'],
		companyNameField: null,
		timeFields: { created: [], updated: [] },
		defaults: { isTimeOff: false, isBillable: false, timesheetStatus: 'draft', __v: 0 },
	}),
	servedModel('timesheets', 'Timesheet', {
		...withoutCompany,
		...idOnly,
		required: [],
		validationErrorsInBulk: true,
		defaults: { timeEntries: [], status: 'submitted', __v: 0 },
	}),
	servedModel('users', 'User', {
		...withoutCompany,
		keyables: ['_id', 'externalId'],
		prefixes: external,
		page: { default: 100, maximum: 10000 },
		required: ['email', 'nickName', 'firstName', 'lastName'],
		filters: [{ name: 'email', field: 'email', kind: 'equals' }],
		defaults: { roles: [], inactive: true, notificationsEnabled: true, isHidden: false, removed: false, __v: 0 },
	}),
	servedModel('workspaces', 'Workspace', {}),
];

const byPath = new Map(servedModels.map((entry) => [entry.path, entry]));

/** The model of a path such as `companies`, if there is one. */
export function modelAt(path: string): ServedModel | undefined {
	return byPath.get(path);
}
