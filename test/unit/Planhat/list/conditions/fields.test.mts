import { describe, expect, it } from '@jest/globals';

import { fieldCalled, namesNear, unknownFieldText } from '../../../../../nodes/Planhat/list/conditions/fields.ts';
import type { CustomField } from '../../../../../nodes/Planhat/tenant/customFields.ts';
import { model } from '../../../fakeItem.mts';

const custom = (name: string): [string, CustomField] => [name, { name, type: 'text', description: '', offered: true }];
const customFields = new Map([custom('Plan'), custom('Go-Live Date'), custom('name')]);
const pathOf = (resource: string, name: string) => fieldCalled(model(resource), customFields, name)?.path;

describe('the field of a condition', () => {
	it.each([
		['company', 'phase', 'phase'],
		['company', 'health', 'h'],
		['company', 'h', 'h'],
		['company', 'Health Change', 'hDiff'],
		['company', 'renewal_date', 'renewalDate'],
		['company', 'Renewal Date', 'renewalDate'],
		['company', 'ownerName', 'owner'],
		['task', 'owner', 'ownerId'],
		['task', 'Company', 'companyId'],
		['company', 'custom.Plan', 'custom.Plan'],
		['company', 'Plan', 'custom.Plan'],
		['company', 'go live date', 'custom.Go-Live Date'],
		['company', 'name', 'name'],
		['company', 'custom.name', 'custom.name'],
		['company', 'usage.logins', 'usage.logins'],
		['ticket', 'title', 'subject'],
		['task', 'Name', 'action'],
		['company', '_id', '_id'],
	])('of a %s is found by %s: %s', (resource, name, path) => {
		expect(pathOf(resource, name)).toBe(path);
	});

	it.each(['', 'foo', 'custom.foo', 'name.foo', '.'])('is none by %j', (name) => {
		expect(pathOf('company', name)).toBeUndefined();
	});

	it.each([
		['renewalDat', ['renewalDate']],
		['custom.Plann', ['custom.Plan']],
		['helth', ['health']],
		['Health Score', ['health']],
		[
			'last contact',
			['lastRenewal', 'lastActive', 'lastTouch', 'lastUpdated', 'lastActivities', 'lastTouchType', 'lastTouchByType'],
		],
		['xyzxyzxyz', ['name', 'externalId', 'phase', 'status', 'owner', 'health', 'mrr', 'renewalDate']],
		['', []],
	])('that was meant by %j is near, as people call it, or one of the most useful', (name, near) => {
		expect(namesNear(model('company'), customFields, name)).toEqual(near);
	});

	it('that is none is told from those that there are', () => {
		const text = (name: string) => unknownFieldText(model('company'), customFields, name);
		expect(text('helth')).toBe("'helth' is no field of companies; the nearest is 'health'");
		expect(text('xyzxyzxyz')).toContain("companies; there are 'name', 'externalId',");
	});
});
