import { describe, expect, it } from '@jest/globals';

import { fieldCalled } from '../../../../../nodes/Planhat/list/conditions/fields.ts';
import { kindOf, readOperator } from '../../../../../nodes/Planhat/list/conditions/operators.ts';
import { holdsDays, readWanted } from '../../../../../nodes/Planhat/list/conditions/wanted.ts';
import type { CustomField } from '../../../../../nodes/Planhat/tenant/customFields.ts';
import { thrownBy } from '../../../../thrownBy.mts';
import { fakeItem, fakeTenant, model } from '../../../fakeItem.mts';

const ada = { _id: '5f0000000000000000000001', email: 'ada@team.example.com', nickName: 'Ada' };

const customFields = new Map<string, CustomField>([
	['Plan', { name: 'Plan', type: 'choice', values: ['Basic', 'Team'], description: '', offered: true }],
]);

async function wanted(resource: string, name: string, written: string, value: unknown) {
	const item = fakeItem(resource);
	const answer = { ...item.transport, send: async () => ({ status: 200, body: [ada], resent: false }) };
	const run = { ...item, tenant: fakeTenant(model(resource), answer) };
	const field = fieldCalled(item.model, customFields, name);
	const operator = field && readOperator(written, kindOf(field.field.type));
	if (field === undefined || operator === undefined) throw new Error(`No ${name}, or no ${written}`);
	return await readWanted(run, field, operator, written, value);
}

describe('the value of a condition', () => {
	it.each([
		['company', 'h', '<', '5', { numbers: [5] }],
		['company', 'phase', '=', ' Live', { texts: ['live'] }],
		['company', 'custom.Plan', '=', 'team', { texts: ['team'] }],
		['company', 'phase', 'in', 'Live, Lost', { texts: ['live', 'lost'] }],
		['company', 'phase', 'equals', 'Live, Lost', { texts: ['live, lost'] }],
		['company', 'phase', '=', ['Live', 'Lost'], { texts: ['live', 'lost'] }],
		['company', 'owner', '=', 'ada', { texts: [ada._id] }],
		['company', 'owner', '=', 'ADA@team.example.com', { texts: [ada._id] }],
		['company', 'owner', '=', ada._id, { texts: [ada._id] }],
		['company', 'followers', 'contains', 'Ada', { texts: [ada._id] }],
		['enduser', 'archived', '=', 'no', { truth: false }],
		['company', 'usage.logins', '>', '3', { numbers: [3] }],
	])('of a %s, %s %s %j', async (resource, name, operator, value, read) => {
		expect(await wanted(resource, name, operator, value)).toMatchObject(read);
	});

	it('counts days', async () => {
		const { dates } = await wanted('company', 'renewalDate', 'withinNextDays', '60 days');
		expect((dates[0]?.days.to ?? 0) - (dates[0]?.days.from ?? 0)).toBe(60);
		expect(await wanted('company', 'renewalDate', '<=', 'in 60 days')).toMatchObject({ dates: [{ isMoment: false }] });
	});

	it.each<[string, string, unknown, string]>([
		['h', '<', '1,200', "on 'h' takes a number such as 1200 or 1200.5, not '1,200'"],
		['renewalDate', 'before', 'soon', "on 'renewalDate' takes a date such as"],
		['renewalDate', 'nextDays', '-1', "on 'renewalDate' takes a whole number of days"],
		['renewalDate', 'nextDays', 'sixty', "on 'renewalDate' takes a whole number of days"],
		['custom.Plan', '=', 'Enterprise', "on 'custom.Plan' takes one of its known values (Basic, Team)"],
		['owner', '=', 'Zoe', "on 'owner': No user is called 'Zoe'"],
		['h', '<', [1, 2], "on 'h' takes one value"],
		['phase', '=', ['Live', ''], "on 'phase' takes values that are not empty"],
		['phase', '=', { a: 1 }, "on 'phase' takes text"],
	])('that its field cannot take is refused: %s %s %j', async (name, operator, value, words) => {
		expect((await thrownBy(async () => await wanted('company', name, operator, value))).message).toContain(words);
	});

	it('is a day where the field holds days', () => {
		const field = (type: 'day' | 'date') => ({ name: 'x', type, description: '' });
		expect([holdsDays(field('day')), holdsDays(field('date'))]).toEqual([true, false]);
	});
});
