import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import type { FieldType } from '../../../../nodes/Planhat/resources/types.ts';
import { converterOf } from '../../../../nodes/Planhat/rows/convertValue.ts';
import { columnTypes } from '../../../../nodes/Planhat/tenant/mapperColumns.ts';
import { Tenant } from '../../../../nodes/Planhat/tenant/tenant.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import { isEmail } from '../../../../nodes/Planhat/values/checks.ts';
import { toIsoDay } from '../../../../nodes/Planhat/values/dates.ts';
import { fakeTenant, model, node, openDoor } from '../../fakeItem.mts';

const company = model('company');
const types = Object.keys(columnTypes) as FieldType[];
const email = fc
	.tuple(fc.stringMatching(/^[a-z][a-z0-9.+-]{0,10}$/), fc.stringMatching(/^[a-z]{1,8}$/))
	.map(([name, host]) => `${name}@${host}.example.com`);

/** A tenant that has read its users. */
async function tenantWith(users: object[]): Promise<Tenant> {
	const answer = { status: 200, body: users, resent: false };
	const transport: Transport = {
		...openDoor,
		send: async () => answer,
		trySend: async () => answer,
		effort: { requests: 0, retries: 0, waited: 0 },
	};
	const tenant = new Tenant(transport, company, node);
	await tenant.learn('users');
	return tenant;
}

function converted(type: FieldType, value: unknown, tenant = fakeTenant(company), values?: string[]): unknown {
	const result = converterOf(type)?.(value, { values }, tenant) ?? { value };
	if ('value' in result) return result.value;
	return result;
}

describe('a converted value', () => {
	it('is the same when it is converted once more, whatever the field', () => {
		const some = fc.oneof(
			fc.string(),
			fc.integer({ min: -100_000, max: 100_000 }),
			fc.boolean(),
			fc.array(fc.string()),
			fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }).map((date) => date.toISOString()),
			fc.dictionary(fc.string(), fc.string()),
		);
		fc.assert(
			fc.property(fc.constantFrom(...types), some, (type, value) => {
				const result = converterOf(type)?.(value, {}, fakeTenant(company)) ?? { value };
				if ('value' in result) expect(converted(type, result.value)).toEqual(result.value);
				else expect(Object.keys(result)).toEqual(['problem' in result ? 'problem' : 'needs']);
			}),
		);
	});

	it.each<FieldType>(['number', 'boolean', 'texts', 'ids', 'users', 'objects', 'object', 'text', 'choice'])(
		'of a field of the type %s is the value itself where that needs no conversion',
		(type) => {
			for (const value of [undefined, { $push: ['x'] }, [{ _id: 'x' }]]) expect(converted(type, value)).toEqual(value);
		},
	);
});

describe('a number', () => {
	it('may come as text', () => {
		fc.assert(
			fc.property(
				fc.double({ noNaN: true, noDefaultInfinity: true }),
				fc.constantFrom('', ' ', '\n'),
				(number, blank) => {
					// There is no sign of zero in text.
					expect(converted('number', `${blank}${number}${blank}`)).toBe(number === 0 ? 0 : number);
					expect(converted('number', number)).toBe(number);
				},
			),
		);
	});

	it.each(['many', '1,5', '12 EUR', 'Infinity', '1e999'])('is not %j', (text) => {
		expect(converted('number', text)).toEqual({ problem: `takes a number, not '${text}'` });
	});
});

describe('a boolean', () => {
	it.each<[unknown, boolean]>([
		['true', true],
		[' TRUE ', true],
		['Yes', true],
		['1', true],
		[1, true],
		[true, true],
		['false', false],
		['No', false],
		['0', false],
		[0, false],
	])('is read from %j', (value, truth) => {
		expect(converted('boolean', value)).toBe(truth);
	});

	it.each(['maybe', 2])('is not %j', (value) => {
		expect(converted('boolean', value)).toEqual({ problem: `takes true or false, not '${value}'` });
	});
});

describe('a list', () => {
	const entry = fc.stringMatching(/^[^\s,;[][^,;\n]{0,12}$/).map((text) => text.trim());

	it('may come as text with commas, semicolons or line breaks, or as JSON', () => {
		fc.assert(
			fc.property(fc.array(entry, { minLength: 1 }), fc.constantFrom(',', ', ', ';', '\n'), (list, separator) => {
				expect(converted('texts', list.join(separator))).toEqual(list);
				expect(converted('texts', JSON.stringify(list))).toEqual(list);
				expect(converted('texts', list)).toEqual(list);
			}),
		);
	});

	it('keeps an own value of the field in one piece', () => {
		expect(converted('texts', 'Billing, Tax', undefined, ['Billing, Tax'])).toEqual(['Billing, Tax']);
		expect(converted('texts', 'Billing, Tax')).toEqual(['Billing', 'Tax']);
	});
});

describe('a day as text', () => {
	it('is that of UTC, from any form of the time', () => {
		fc.assert(
			fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31'), noInvalidDate: true }), (date) => {
				const day = date.toISOString().slice(0, 10);
				expect([date, date.toISOString(), day].map(toIsoDay)).toEqual([day, day, day]);
			}),
		);
	});
});

describe('a user', () => {
	it('is found by the email, in any case and with blanks around it', async () => {
		await fc.assert(
			fc.asyncProperty(fc.uniqueArray(email, { minLength: 1, maxLength: 20 }), async (emails) => {
				const tenant = await tenantWith(emails.map((address, index) => ({ _id: `id-${index}`, email: address })));
				const ids = emails.map((_address, index) => `id-${index}`);
				const typed = emails.map((address) => ` ${address.toUpperCase()} `);
				expect(typed.map((address) => converted('user', address, tenant))).toEqual(ids);
				expect(converted('users', emails.join(', '), tenant)).toEqual(ids);
				expect(converted('members', emails, tenant)).toEqual(ids.map((id) => ({ id })));
			}),
		);
	});

	it('is asked for only when there is an email', () => {
		const tenant = fakeTenant(company);
		expect(converted('user', 'a@example.com', tenant)).toEqual({ needs: 'users' });
		expect(converted('users', ['5f', 'a@example.com'], tenant)).toEqual({ needs: 'users' });
		for (const value of ['5f0000000000000000000001', 'Kim', 'extid-7', '@', 'a@', '']) {
			expect(isEmail(value)).toBe(false);
			expect(converted('user', value, tenant)).toBe(value);
		}
	});

	it('who was removed gives way to one who was not', async () => {
		const gone = { _id: 'gone', email: 'a@example.com', removed: true };
		expect(converted('user', 'a@example.com', await tenantWith([gone]))).toBe('gone');
		const tenant = await tenantWith([gone, { _id: 'here', email: 'a@example.com' }]);
		expect(converted('user', 'a@example.com', tenant)).toBe('here');
	});
});

describe('what a run learns of the tenant', () => {
	it('does not hide that the execution was cancelled', async () => {
		const cancelled = new DOMException('cancelled', 'AbortError');
		const transport = {
			...openDoor,
			send: async () => {
				throw cancelled;
			},
			trySend: async () => {
				throw cancelled;
			},
			effort: { requests: 0, retries: 0, waited: 0 },
		};
		await expect(new Tenant(transport, company, node).learn('users')).rejects.toBe(cancelled);
	});
});
