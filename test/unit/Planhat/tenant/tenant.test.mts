import { describe, expect, it } from '@jest/globals';
import { NodeApiError, type INodeParameters } from 'n8n-workflow';

import { Tenant } from '../../../../nodes/Planhat/tenant/tenant.ts';
import type { Transport } from '../../../../nodes/Planhat/transport/transport.ts';
import { model, node, openDoor } from '../../fakeItem.mts';

const stored = {
	fields: {
		schema: [
			{ id: 'custom.Gone', type: 'string', fieldType: 'text' },
			{ id: 'custom.Seats', type: 'string', fieldType: 'text' },
		],
	},
} as unknown as INodeParameters;

const definitions = [
	{ name: 'Seats', type: 'number', parent: 'company' },
	{ name: 'Other', type: 'text', parent: 'enduser' },
];

function tenantOf(answer: () => unknown, resource = 'company') {
	const asked: string[] = [];
	const send = async ({ url }: { url: string }) => {
		asked.push(url);
		return { status: 200, body: answer(), resent: false };
	};
	const transport = { ...openDoor, send, trySend: send, effort: { requests: 0, retries: 0, waited: 0 } };
	return { asked, tenant: new Tenant(transport as Transport, model(resource), { ...node, parameters: stored }) };
}

const typesOf = ({ customFields }: Tenant) => [...customFields].map(([name, { type }]) => [name, type]);

describe('What a run knows of its tenant', () => {
	it('is what the editor has stored, until it is read; then a field that is gone is gone', async () => {
		const { tenant, asked } = tenantOf(() => definitions);
		expect([tenant.customFieldsRead, typesOf(tenant)]).toEqual([
			false,
			[
				['Gone', 'text'],
				['Seats', 'text'],
			],
		]);
		await tenant.learn('customFields');
		await tenant.learn('customFields');
		expect([tenant.customFieldsRead, typesOf(tenant)]).toEqual([true, [['Seats', 'number']]]);
		expect(asked).toEqual(['/customfields']);
	});

	it('is asked for once, however many ask at once', async () => {
		const { tenant, asked } = tenantOf(() => []);
		const needs = ['users', 'customFields', 'users', 'customFields'] as const;
		await Promise.all(needs.map(async (need) => await tenant.learn(need)));
		expect(asked).toEqual(['/users', '/customfields']);
		expect(tenant.usersBy('a@example.com')).toEqual([]);
	});

	it('stays what the editor has stored when Planhat does not give it, and says why', async () => {
		const { tenant, asked } = tenantOf(() => {
			throw new NodeApiError(node, { message: 'No right' }, { message: 'No right' });
		});
		await tenant.learn('customFields');
		await tenant.learn('customFields');
		expect([tenant.customFieldsRead, tenant.customFieldReason]).toEqual([true, expect.stringContaining('No right')]);
		expect(typesOf(tenant)).toHaveLength(2);
		expect(asked).toHaveLength(1);
	});

	it('needs no read for a model without custom fields', async () => {
		const { tenant, asked } = tenantOf(() => [], 'metric');
		expect(tenant.customFieldsRead).toBe(true);
		await tenant.learn('customFields');
		expect(asked).toEqual([]);
	});

	it('holds the users once they were read, by any spelling of their email', async () => {
		const { tenant, asked } = tenantOf(() => [{ _id: 'u1', email: 'Kim@Team.example.com', nickName: 'Kim' }]);
		expect(tenant.usersBy('kim@team.example.com')).toBe('users');
		await tenant.learn('users');
		await tenant.learn('users');
		expect(tenant.usersBy(' KIM@team.example.com ')).toEqual([
			{ _id: 'u1', email: 'Kim@Team.example.com', name: 'Kim' },
		]);
		expect(tenant.usersBy('nobody@team.example.com')).toEqual([]);
		expect(asked).toEqual(['/users']);
	});

	it('names users once they were read', async () => {
		const { tenant } = tenantOf(() => [
			{ _id: 'u1', email: 'kim@example.com', nickName: 'Kim' },
			{ _id: 'u2', email: 'lee@example.com' },
		]);
		expect(tenant.userName('u1')).toBeUndefined();
		await tenant.learn('users');
		expect(['u1', 'u2', 'u3', undefined].map((id) => tenant.userName(id))).toEqual([
			'Kim',
			undefined,
			undefined,
			undefined,
		]);
	});

	it('is not known where the execution was cancelled meanwhile', async () => {
		const { tenant } = tenantOf(() => {
			throw new Error('The execution was cancelled');
		});
		await expect(tenant.learn('users')).rejects.toThrow('cancelled');
	});
});
