import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf, record } from './planhat.mts';

const planhat = bench();

/** Two companies, three users, and licenses, whose owners and companies people know by other names than IDs. */
function seed() {
	const [acme, brew] = planhat.server.insert('companies', [
		{ name: 'Acme', externalId: 'a-1', sourceId: 'sf-1' },
		{ name: 'Brew' },
	]);
	const [kim, lee] = planhat.server.insert('users', [
		{ nickName: 'Kim', email: 'Kim@team.example.com' },
		{ firstName: 'Lee', lastName: 'Chan', email: 'lee@team.example.com' },
	]);
	return { acme: String(acme?._id), brew: String(brew?._id), kim: String(kim?._id), lee: String(lee?._id) };
}

const shown = async (parameters: INodeParameters, items: IDataObject[] = [{}]) => {
	const { output, error } = await planhat.run(parameters, { items: itemsOf(items) });
	expect(error).toBeUndefined();
	return output.map(({ json }) => json);
};

describe.each(['get', 'getAll'])('Add Names (%s)', (operation) => {
	const options = { addNames: true };

	it('shows name and email beside each ID of a user, in lists and custom fields too, after one request', async () => {
		const { kim, lee } = seed();
		const unknown = '61006bc89a3e0b702ed8ea49';
		const custom = { Sponsor: lee, Plan: 'Pro', Helpers: [kim, unknown] };
		const given = { name: 'Cell', owner: kim, coOwner: unknown, followers: [lee, unknown], custom };
		const [{ _id = '' } = {}] = planhat.server.insert('companies', [given]);
		const parameters = { resource: 'company', operation, recordId: record('id', _id), options, simplify: true };
		const items = (await shown(parameters, [{}, {}])).filter(({ name }) => name === 'Cell');
		const people = { owner: kim, ownerName: 'Kim', ownerEmail: 'Kim@team.example.com' };
		const sponsor = { Sponsor: lee, 'Sponsor Name': 'Lee Chan', 'Sponsor Email': 'lee@team.example.com' };
		for (const item of items)
			expect(item).toMatchObject({ ...people, ...sponsor, Plan: 'Pro', Helpers: [kim, unknown] });
		expect(items[0]).not.toHaveProperty('Helpers Names');
		expect(planhat.sent().filter((request) => request === 'GET /users')).toHaveLength(1);

		const [whole] = (await shown({ ...parameters, simplify: false })).filter(({ name }) => name === 'Cell');
		expect(whole).toMatchObject({
			...people,
			coOwnerName: null,
			followerNames: ['Lee Chan', null],
			followerEmails: ['lee@team.example.com', null],
			custom: { ...custom, ...sponsor },
		});
		expect(Object.keys(whole ?? {}).indexOf('ownerName')).toBe(Object.keys(whole ?? {}).indexOf('owner') + 1);
	});

	it('fails where the users cannot be read, and says what to do', async () => {
		const { acme } = seed();
		planhat.server.setRights({ users: { read: false } });
		const parameters = { resource: 'company', operation, recordId: record('id', acme), options };
		const { error } = await planhat.run(parameters, {});
		expect(error?.message).toMatch(/^Names cannot be added, since the users cannot be read/);
		expect(error?.description).toContain("'Add Names'");
	});
});

describe.each(['get', 'getAll'])('Add Company Keys (%s)', (operation) => {
	const options = { addCompanyKeys: true };

	it('shows the external and source ID of the company, after one request', async () => {
		const { acme, brew } = seed();
		const [license] = planhat.server.insert('licenses', [
			{ companyId: acme, product: 'P', externalId: 'l' },
			{ companyId: brew, product: 'P' },
		]);
		const parameters = { resource: 'license', operation, recordId: record('id', license?._id), options };
		const [first, second] = await shown({ ...parameters, simplify: true }, [{}, {}]);
		const keys = { companyId: acme, companyExternalId: 'a-1', companySourceId: 'sf-1' };
		expect(first).toMatchObject({ ...keys, externalId: 'l' });
		if (operation === 'getAll') expect(second).toMatchObject({ companyExternalId: null, companySourceId: null });
		expect(planhat.sent().filter((request) => request === 'GET /leancompanies')).toHaveLength(1);

		const chosen = { ...parameters, options: { ...options, select: ['product'] } };
		expect((await shown(chosen))[0]).toEqual({ _id: license?._id, product: 'P', ...keys });
	});

	it('shows them for each company of a list', async () => {
		const { acme, brew } = seed();
		const [issue] = planhat.server.insert('issues', [{ title: 'Slow', companyIds: [acme, brew] }]);
		const parameters = { resource: 'issue', operation, recordId: record('id', issue?._id), options };
		const [only] = await shown(parameters);
		expect(only).toMatchObject({ companyExternalIds: ['a-1', null], companySourceIds: ['sf-1', null] });
	});

	it('asks for nothing where there is no record', async () => {
		const filters = { companyId: ['61006bc89a3e0b702ed8ea49'] };
		await shown({ resource: 'license', operation: 'getAll', filters, options: { ...options, addNames: true } });
		expect(planhat.sent()).toEqual(['GET /licenses']);
	});
});
