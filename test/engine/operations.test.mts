import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { resources } from '../../dist/nodes/Planhat/resources/index.js';
import type { Way } from './harness.mts';
import { loadPlanhat } from './harness.mts';
import { cases, released, type ModelCase } from './cases.mts';
import { bench, record } from './planhat.mts';

const planhat = bench();

/** Paired with the one input item, whatever the operation. */
const pairedItem = { item: 0 };

function storePath({ path, readPath }: ModelCase): string {
	return (readPath ?? path).slice(1);
}

/** Puts one record of the model into the store, as if it had been there all along. */
function seed(model: ModelCase, extra: IDataObject = {}): IDataObject & { _id: string } {
	const rows = [{ ...(model.sent ?? model.given), ...model.stored, ...extra }];
	const [seeded] = planhat.server.insert(model.path.slice(1), rows as never);
	if (seeded === undefined) throw new Error('Nothing was stored');
	return seeded as IDataObject & { _id: string };
}

describe.each<Way>(['customOperations', 'routing'])('through %s', (way) => {
	const run = async (model: ModelCase, operation: string, parameters: object = {}) =>
		await planhat.run({ resource: model.resource, operation, ...parameters }, { way });

	describe.each(cases)('$resource', (model) => {
		it('Create sends the fields as Planhat wants them', async () => {
			const { output, error } = await run(model, 'create', { json: JSON.stringify({ _id: 'x', ...model.given }) });
			expect(error).toBeUndefined();
			const request = planhat.lastRequest();
			const row = model.sent ?? model.given;
			expect([request.method, request.path, request.query]).toEqual([model.rows ? 'PUT' : 'POST', model.path, {}]);
			expect(request.body).toEqual(model.rows ? [row] : row);
			expect(planhat.server.requests).toHaveLength(1);
			const [stored] = planhat.server.records(storePath(model));
			expect(stored).toMatchObject(model.stored ?? row);
			const answer = model.rows ? { outcome: 'created', _id: stored?._id, sourceId: '119', title: row.title } : stored;
			expect(output).toEqual([{ json: answer, pairedItem }]);
		});

		it('Get reads one record by its id', async () => {
			const { _id } = seed(model);
			const { output } = await run(model, 'get', { recordId: record('id', ` ${_id} `) });
			expect(planhat.sent()).toEqual([`GET ${model.readPath ?? model.path}/${_id}`]);
			expect(output).toEqual([
				{ json: expect.objectContaining({ _id, ...(model.stored ?? model.sent ?? model.given) }), pairedItem },
			]);
		});

		it('Get Many lists the records', async () => {
			const ids = [seed(model)._id, seed(model)._id, seed(model)._id];
			const { output } = await run(model, 'getAll', { limit: 2 });
			const { query } = planhat.lastRequest();
			expect(planhat.sent()).toEqual([`GET ${model.path}`]);
			expect(query).toEqual({
				sort: '_id',
				limit: '2',
				offset: '0',
				...(model.resource === 'note' && { type: 'note' }),
			});
			expect(output.map((item) => item.json._id)).toEqual(ids.slice(0, 2));
			expect(output.map((item) => item.pairedItem)).toEqual([pairedItem, pairedItem]);
		});

		it('Update sends only the fields that are given', async () => {
			const { _id } = seed(model);
			const json = { _id, __v: 4, ...model.change };
			const { output, error } = await run(model, 'update', { recordId: record('id', _id), json });
			expect(error).toBeUndefined();
			const request = planhat.lastRequest();
			const change = model.changeSent ?? model.change;
			if (model.resource === 'ticket') {
				expect(planhat.sent()).toEqual([`GET /conversations/${_id}`, 'PUT /tickets']);
				const { sourceId, email, companyId } = model.given;
				expect(request.body).toEqual([{ _id, sourceId, email, companyId, ...change }]);
				expect(output).toEqual([{ json: { outcome: 'updated', _id }, pairedItem }]);
			} else {
				const asked = 'custom' in change ? ['GET /customfields'] : [];
				expect(planhat.sent()).toEqual([...asked, `PUT ${model.path}/${_id}`]);
				expect(request.body).toEqual(change);
				expect(output).toEqual([{ json: expect.objectContaining({ _id, ...change }), pairedItem }]);
			}
			expect(planhat.server.records(storePath(model))[0]).toMatchObject(change);
		});

		it('Delete removes the record and says so', async () => {
			const { _id } = seed(model);
			const { output } = await run(model, 'delete', { recordId: record('list', _id) });
			expect(planhat.sent()).toEqual([`DELETE ${model.path}/${_id}`]);
			expect(output).toEqual([{ json: { deleted: true, _id }, pairedItem }]);
			expect(planhat.server.records(storePath(model))).toEqual([]);
		});

		it('names a record by the keys that the model has, and by no others', async () => {
			const property = loadPlanhat().description.properties.find(
				({ name, displayOptions }) => name === 'recordId' && displayOptions?.show?.resource?.includes(model.resource),
			);
			const modes = ['list', 'id'];
			if (model.externalKey) modes.push('externalId');
			if (model.sourceKey) modes.push('sourceId');
			if (model.email) modes.push('email');
			expect(property?.modes?.map(({ name }) => name)).toEqual(modes);
		});

		const keys = [
			{ mode: 'externalId', key: model.externalKey, prefix: 'extid-' },
			{ mode: 'sourceId', key: model.sourceKey, prefix: model.sourcePrefix ?? 'srcid-' },
		].filter(({ key }) => key !== undefined);

		if (keys.length === 0) return;

		it.each(keys)('reads, changes and deletes a record by $mode', async ({ mode, key, prefix }) => {
			const value = 'a/b ?#ä';
			const { _id } = seed(model, { [String(key)]: value, ...(model.rows && { externalId: value }) });
			const recordId = record(mode, value);
			const segment = `${prefix}${encodeURIComponent(value)}`;
			const readPath = model.readPath ?? model.path;

			const got = await run(model, 'get', { recordId });
			expect(got.output[0]?.json._id).toBe(_id);
			expect(planhat.sent()).toEqual([`GET ${readPath}/${segment}`]);

			const updated = await run(model, 'update', { recordId, json: model.change });
			expect(updated.output[0]?.json._id).toBe(_id);
			expect(planhat.sent().at(-1)).toBe(model.rows ? `PUT ${model.path}` : `PUT ${model.path}/${segment}`);

			const deleted = await run(model, 'delete', { recordId });
			expect(deleted.output).toEqual([{ json: { deleted: true, _id }, pairedItem }]);
			expect(planhat.sent().slice(-2)).toEqual([`GET ${readPath}/${segment}`, `DELETE ${model.path}/${_id}`]);
		});
	});
});

it('the node offers every model of the registry, and all that workflows depend on', () => {
	const resource = loadPlanhat().description.properties.find(({ name }) => name === 'resource');
	const values = resource?.options?.map((option) => ('value' in option ? option.value : undefined));
	expect(values).toEqual(resources.map(({ resource: value }) => value));
	expect(values).toEqual(expect.arrayContaining([...released, 'metric', 'userActivity']));
});

it('the node stays below 100 parameters at the top level', () => {
	expect(loadPlanhat().description.properties.length).toBeLessThan(100);
});
