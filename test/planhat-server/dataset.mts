import type { PlanhatServer } from './index.mts';
import type { JsonObject } from './types.mts';

const firstWords = ['Amber', 'Birch', 'Cedar', 'Delta', 'Ember', 'Falcon', 'Granite', 'Harbor', 'Indigo', 'Juniper'];
const secondWords = ['Analytics', 'Foods', 'Freight', 'Health', 'Labs', 'Media', 'Power', 'Retail', 'Systems', 'Works'];
const firstNames = ['Ada', 'Ben', 'Cora', 'Dan', 'Eva', 'Finn', 'Gail', 'Hugo', 'Iris', 'Jon'];
const phases = ['Onboarding', 'Adoption', 'Growth', 'Renewal'];
const plans = ['Basic', 'Team', 'Business', 'Enterprise'];
const positions = ['CEO', 'CTO', 'Product Manager', 'Support Lead'];
const dayMilliseconds = 86_400_000;
/** 2024-01-01, as whole days since 1970. */
const firstDay = 19_723;

type Draw = { below: (end: number) => number; of: <Value>(values: readonly [Value, ...Value[]] | Value[]) => Value };
type Company = JsonObject & { _id: string; name: string };

/**
 * Fills a server with made-up companies and what belongs to them, the same in every run. Returns the number of records
 * by path.
 */
export function fillWithSampleData(server: PlanhatServer, options: { companies: number }): Record<string, number> {
	const draw = drawFrom(20_240_101);
	const users = server.insert('users', range(8).map(userRow));
	const userIds = users.map((user) => user._id);
	const rows = range(options.companies).map((index) => companyRow(draw, index, userIds));
	const companies = server.insert('companies', rows) as Company[];
	const every = (step: number) => companies.filter((_company, index) => index % step === 0);
	const endusers = companies.flatMap((company, index) =>
		range(1 + (index % 3)).map((n) => enduserRow(draw, company, index, n)),
	);
	return {
		users: users.length,
		companies: companies.length,
		endusers: server.insert('endusers', endusers).length,
		notes: server.insert(
			'conversations',
			every(2).map((company, index) => noteRow(draw, company, index)),
		).length,
		tickets: server.insert(
			'tickets',
			every(5).map((company, index) => ticketRow(draw, company, index)),
		).length,
		invoices: server.insert(
			'invoices',
			every(2).map((company, index) => invoiceRow(draw, company, index)),
		).length,
		tasks: server.insert(
			'tasks',
			every(3).map((company, index) => taskRow(draw, company, index, userIds)),
		).length,
		licenses: server.insert(
			'licenses',
			every(2).map((company, index) => licenseRow(draw, company, index)),
		).length,
		customfields: server.insert('customfields', customFieldRows()).length,
	};
}

function userRow(index: number): JsonObject {
	const firstName = firstNames[index % firstNames.length] ?? '';
	return {
		email: `${firstName.toLowerCase()}@team.example.com`,
		externalId: `user-${index + 1}`,
		nickName: firstName,
		firstName,
		lastName: `Team${index + 1}`,
		roles: [],
		inactive: false,
		isHidden: false,
		removed: false,
		createDate: timeOf(firstDay + index),
		updatedAt: timeOf(firstDay + index),
		custom: {},
		__v: 0,
	};
}

function companyRow(draw: Draw, index: number, userIds: string[]): JsonObject {
	const first = firstWords[index % 10] ?? '';
	const second = secondWords[Math.floor(index / 10) % 10] ?? '';
	const number = padded(index + 1);
	const created = timeOf(firstDay + draw.below(365));
	const updated = timeOf(firstDay + 366 + draw.below(60));
	const mrr = 100 * draw.below(90);
	return {
		externalId: `company-${number}`,
		sourceId: `0015000000${number}AAA`,
		name: `${first} ${second} ${number}`,
		slug: `${first}${second}${number}`.toLowerCase(),
		owner: draw.of(userIds),
		phase: draw.of(phases),
		status: draw.of(['prospect', 'customer', 'customer', 'customer', 'lost']),
		h: 1 + draw.below(10),
		csmScore: 1 + draw.below(5),
		mrr,
		arr: mrr * 12,
		domains: [`c${number}.example.com`],
		tags: draw.below(4) === 0 ? ['key account'] : [],
		city: draw.of(['Springfield', 'Riverton', 'Lakeside', 'Hillview']),
		web: `https://c${number}.example.com`,
		customerFrom: created,
		renewalDate: timeOf(firstDay + 366 + draw.below(365)),
		createDate: created,
		lastUpdated: updated,
		updatedAt: updated,
		custom: { Plan: draw.of(plans), Seats: 5 * (1 + draw.below(60)), 'Renewal risk': draw.below(5) === 0 },
		__v: 0,
	};
}

function enduserRow(draw: Draw, company: Company, index: number, n: number): JsonObject {
	const firstName = firstNames[(index + n) % firstNames.length] ?? '';
	const created = timeOf(firstDay + draw.below(365));
	return {
		...belongsTo(company),
		externalId: `person-${padded(index + 1)}-${n + 1}`,
		email: `${firstName.toLowerCase()}${n + 1}@c${padded(index + 1)}.example.com`,
		firstName,
		lastName: `Sample${n + 1}`,
		name: `${firstName} Sample${n + 1}`,
		position: draw.of(positions),
		archived: draw.below(20) === 0,
		tags: [],
		createDate: created,
		updatedAt: created,
		custom: {},
		__v: 0,
	};
}

function noteRow(draw: Draw, company: Company, index: number): JsonObject {
	const date = timeOf(firstDay + draw.below(365));
	const text = `Talked about ${draw.of(['onboarding', 'the roadmap', 'renewal', 'support'])}.`;
	return {
		...belongsTo(company),
		externalId: `note-${padded(index + 1)}`,
		type: 'note',
		subject: `Call ${index + 1}`,
		description: `<p>${text}</p>`,
		snippet: text,
		date,
		createDate: date,
		updatedAt: date,
		users: [],
		endusers: [],
		activityTags: [],
		archived: false,
		custom: {},
		__v: 0,
	};
}

function ticketRow(draw: Draw, company: Company, index: number): JsonObject {
	const day = firstDay + draw.below(365);
	return {
		...belongsTo(company),
		externalId: `ticket-${padded(index + 1)}`,
		source: 'helpdesk',
		subject: `Question ${index + 1}`,
		snippet: `How do I ${draw.of(['export a report', 'invite a colleague', 'change the plan'])}?`,
		email: `requester${index + 1}@example.com`,
		status: draw.of(['New', 'open', 'closed']),
		url: `https://tickets.example.com/${index + 1}`,
		date: timeOf(day),
		createDate: timeOf(day),
		updateDate: timeOf(day + 2),
		updatedAt: timeOf(day + 2),
		days: day,
		tags: [],
		custom: {},
	};
}

function invoiceRow(draw: Draw, company: Company, index: number): JsonObject {
	const day = firstDay + draw.below(365);
	const paid = draw.below(3) > 0;
	return {
		cId: company._id,
		cName: company.name,
		extId: `invoice-${padded(index + 1)}`,
		currency: 'USD',
		product: draw.of(plans),
		amountTotal: 100 * (1 + draw.below(50)),
		invoiceDate: day,
		dueDate: day + 30,
		...(paid ? { paidDate: day + draw.below(40) } : {}),
		status: paid ? 'paid' : 'due',
		lastUpdated: timeOf(day),
		custom: {},
		__v: 0,
	};
}

function taskRow(draw: Draw, company: Company, index: number, userIds: string[]): JsonObject {
	const day = firstDay + draw.below(365);
	const done = draw.below(4) === 0;
	return {
		...belongsTo(company),
		externalId: `task-${padded(index + 1)}`,
		mainType: draw.below(5) === 0 ? 'event' : 'task',
		action: draw.of(['Send summary', 'Prepare review', 'Check usage']),
		status: done ? 'Done' : 'In-progress',
		isArchived: done,
		ownerId: draw.of(userIds),
		startTime: timeOf(day),
		endTime: timeOf(day + 7),
		createdAt: timeOf(day),
		updatedAt: timeOf(day + 1),
		endusers: [],
		users: [],
		custom: {},
		__v: 0,
	};
}

function licenseRow(draw: Draw, company: Company, index: number): JsonObject {
	const day = firstDay + draw.below(365);
	const mrr = 100 * (1 + draw.below(50));
	return {
		...belongsTo(company),
		externalId: `license-${padded(index + 1)}`,
		product: draw.of(plans),
		_currency: 'USD',
		fromDate: timeOf(day),
		toDate: timeOf(day + 365),
		fixedPeriod: true,
		value: mrr * 12,
		mrr,
		renewalStatus: 'ongoing',
		custom: {},
		__v: 0,
	};
}

function customFieldRows(): JsonObject[] {
	const common = { isHidden: false, isFeatured: true, isMandatory: false, isFormula: false };
	return [
		{ parent: 'company', name: 'Plan', type: 'list', listValues: plans, ...common },
		{ parent: 'company', name: 'Seats', type: 'number', ...common },
		{ parent: 'company', name: 'Renewal risk', type: 'checkbox', ...common },
		{ parent: 'enduser', name: 'Newsletter', type: 'checkbox', ...common },
		{ parent: 'conversation', name: 'Mood', type: 'list', listValues: ['good', 'mixed', 'bad'], ...common },
		{ parent: 'task', name: 'Effort', type: 'number', ...common },
	];
}

function belongsTo(company: Company): JsonObject {
	return { companyId: company._id, companyName: company.name };
}

function timeOf(day: number): string {
	return new Date(day * dayMilliseconds).toISOString();
}

function padded(number: number): string {
	return String(number).padStart(5, '0');
}

function range(length: number): number[] {
	return Array.from({ length }, (_value, index) => index);
}

/** A small linear congruential generator: the data must be the same in every run. */
function drawFrom(seed: number): Draw {
	let current = seed;
	const below = (end: number) => {
		current = (Math.imul(current, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((current / 2 ** 32) * end);
	};
	return {
		below,
		of: (values) => {
			const value = values[below(values.length)];
			if (value === undefined) throw new RangeError('Nothing to draw from');
			return value;
		},
	};
}
