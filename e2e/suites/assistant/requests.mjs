import assert from 'node:assert/strict';
import { dayIn, daysToWeekday } from './tenant.mjs';

/**
 * What a success manager asks for. Each is played by a model that knows no more than the tools tell it and the calls gave:
 * `calls` name a tool, what is given to it (all else is left empty, as models must), by the text of the call before.
 * `writes` is all that may be written; `found` and `notFound` look at the results, of which the first `lists` these records.
 * With `saysDay` a day counts from today.
 */
export const requests = [
	{
		asks: 'Log a call with Nordlicht Labs: they like the new reports.',
		saysDay: true,
		calls: [
			() => [
				'Log call',
				{ Company: 'Nordlicht Labs', Subject: 'Call', Text: 'They like the new reports.', Date: 'today' },
			],
		],
		writes: ({ main }) => [
			[
				'POST',
				'/conversations',
				{ companyId: main._id, subject: 'Call', description: 'They like the new reports.', date: at(0), type: 'note' },
			],
		],
		found: [/"_id":"[0-9a-f]{24}"/],
	},
	{
		asks: 'Nordlicht Labs is in the phase Renewal now.',
		calls: [
			() => ['Update company', { Company: 'Nordlicht Labs', Name_to_Confirm: 'Nordlicht Labs', Phase: 'Renewal' }],
		],
		writes: ({ main }) => [['PUT', `/companies/${main._id}`, { phase: 'Renewal' }]],
		found: [/Nordlicht Labs/, /"phase":"Renewal"/],
	},
	{
		asks: 'Who are our contacts at Nordlicht Labs, and when did they last log in?',
		calls: [() => ['List contacts', { Company: 'Nordlicht Labs' }]],
		found: [/Ida Holm/, new RegExp(`Eva Lind[^}]*${dayIn(-1)}`)],
	},
	{
		asks: 'A task for Ben on Friday: send Nordlicht Labs the offer.',
		saysDay: true,
		calls: [
			() => ['Create task', { Company: 'Nordlicht Labs', Title: 'Send the offer', Owner: 'Ben Okri', Due: 'Friday' }],
		],
		writes: ({ main, users }) => [
			[
				'POST',
				'/tasks',
				{
					mainType: 'task',
					companyId: main._id,
					action: 'Send the offer',
					ownerId: users[1]._id,
					startTime: at(toFriday()),
				},
			],
		],
		found: [/Send the offer/, new RegExp(dayIn(toFriday()))],
	},
	{
		asks: 'Delete our test company.',
		calls: [
			() => ['Search companies', { Search_Text: 'test company' }],
			([found], { test }) => ['Delete company', { Company: firstIdIn(found), Name_to_Confirm: test.name }],
		],
		writes: ({ test }) => [['DELETE', `/companies/${test._id}`, undefined]],
		found: [/"deleted":true/, /Test Company/],
	},
	{
		asks: 'A new contact at Nordlicht Labs: Kim Berg, with an email.',
		calls: [
			(_results, { newEmail }) => [
				'Add contact',
				{ Company: 'Nordlicht Labs', Email: newEmail, First_Name: 'Kim', Last_Name: 'Berg' },
			],
		],
		writes: ({ main, newEmail }) => [
			['POST', '/endusers', { companyId: main._id, email: newEmail, firstName: 'Kim', lastName: 'Berg' }],
		],
		found: [/kim\.\w+@nordlicht/],
	},
	{
		asks: 'How healthy is Nordlicht Labs, and why?',
		calls: [() => ['Get company', { Company: 'nordlicht labs' }]],
		found: [/"health":"4 of 10"/, /"hDiff":-3/, /"nps":6/, new RegExp(`"lastTouch":"${dayIn(-41)}`)],
	},
	{
		asks: 'Nordlicht Labs had 42 logins yesterday.',
		saysDay: true,
		calls: [
			() => ['Get company', { Company: 'Nordlicht Labs' }],
			([found]) => [
				'Log metric',
				{ Metric: 'logins', Value: 42, External_ID: /"externalId":"([^"]+)"/.exec(found)[1], Date: 'yesterday' },
			],
		],
		writes: () => [
			[
				'POST',
				'/dimensiondata/{tenant}',
				[{ dimensionId: 'logins', value: 42, externalId: 'nordlicht', date: at(-1) }],
			],
		],
		found: [/"processed":1/],
	},
	{
		asks: 'Eva of Nordlicht Labs attended our webinar today.',
		calls: [
			() => ['List contacts', { Company: 'Nordlicht Labs' }],
			([found]) => ['Track activity', { Email: /"(eva[^"]+)"/.exec(found)[1], Action: 'Attended webinar' }],
		],
		writes: ({ size }) => [
			['POST', '/analytics/{tenant}', { email: `eva.lind@c${size + 2}.example.com`, action: 'Attended webinar' }],
		],
		found: [/"accepted":true/],
	},
	{
		asks: 'Nordlicht Labs moved to the plan Team.',
		calls: [
			() => ['Describe company fields', {}],
			() => ['Update company', { Company: 'Nordlicht Labs', Name_to_Confirm: 'Nordlicht Labs', Plan: 'Team' }],
		],
		writes: ({ main }) => [['PUT', `/companies/${main._id}`, { custom: { Plan: 'Team' } }]],
		found: [/one of Basic, Team, Enterprise/, /"Plan":"Team"/],
	},
	{
		asks: 'What is the monthly revenue of the customers of Cora Birch1?',
		calls: [
			() => [
				'List companies',
				{ Owner: 'Cora Birch1', Conditions: conditions(['status', 'equals', 'customer']), Fields: 'name, mrr' },
			],
		],
		lists: ({ companies, users }) =>
			companies.filter(({ owner, status }) => owner === users[3]._id && status === 'customer'),
		found: [/"mrr":\d+/],
	},
	{
		asks: 'What was said with Nordlicht Labs last month?',
		calls: [() => ['List conversations', { Company: 'Nordlicht Labs', ...lastMonth() }]],
		found: [/single sign-on/, /Support is slow/],
		notFound: [/Started with the new reports/],
	},
	{
		asks: 'Which tasks does Ada have open this week?',
		calls: [() => ['List tasks', { Owner: 'Ada Byron', From: dayIn(daysToWeekday(1)), To: dayIn(daysToWeekday(7)) }]],
		found: [/Send the offer/, /Call about support/],
		notFound: [/Review/],
	},
	{
		asks: 'Which companies renew in the next 60 days and have a health below 5?',
		saysDay: true,
		calls: [
			() => [
				'List companies',
				{
					Conditions: conditions(['renewalDate', 'withinNextDays', 60], ['health', 'lessThan', 5]),
					Fields: 'name, health, renewal date',
				},
			],
		],
		lists: ({ companies }) => companies.filter(({ h, renewalDate }) => h < 5 && renewalDate.slice(0, 10) <= dayIn(60)),
		found: [/"health":"4 of 10"/],
	},
	{
		asks: 'All companies in Iceland go to a colleague.',
		calls: [
			() => ['List companies', { Conditions: conditions(['country', 'equals', 'Iceland']), Fields: 'name' }],
			([found], { successor }) => [
				'Change many companies',
				{ Rows: JSON.parse(found).map(({ _id }) => ({ _id, owner: successor.nickName })) },
			],
		],
		mostCalls: 3,
		lists: ({ companies }) => companies.filter(({ country }) => country === 'Iceland'),
		writes: ({ companies, successor }) => [
			[
				'PUT',
				'/companies',
				companies.filter(({ country }) => country === 'Iceland').map(({ _id }) => ({ _id, owner: successor._id })),
			],
		],
		found: [/"outcome":"updated"/],
	},
];

/** As models write them. */
export function conditions(...all) {
	return JSON.stringify(all.map(([field, operator, value]) => ({ field, operator, value })));
}

function lastMonth() {
	const [year, month] = dayIn(0).split('-').map(Number);
	const day = (at) => new Date(Date.UTC(year, month - 1, at)).toISOString().slice(0, 10);
	const first = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 10);
	return { From: first, To: day(0) };
}

function at(days) {
	return `${dayIn(days)}T00:00:00.000Z`;
}

function toFriday() {
	return ((daysToWeekday(5) + 6) % 7) + 1;
}

export function firstIdIn(text) {
	const [id] = /[0-9a-f]{24}/.exec(text) ?? [];
	assert.ok(id, `an ID in ${text}`);
	return id;
}
