import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { linksOf, runNode } from '../workflows.mjs';
import { world } from '../world.mjs';

const dayMilliseconds = 86_400_000;

/** Lists that do not fit on one page. */
export function lists() {
	describe('a list', () => {
		beforeEach(() => world.planhat.reset());

		test('of 12,345 companies comes completely, in 3 calls', async () => {
			const companies = world.planhat.insert('companies', namedRows(12_345));
			const { status, output } = await runNode({ resource: 'company', operation: 'getAll', returnAll: true });
			assert.equal(status, 'success');
			assert.deepEqual(idsOf(output), new Set(companies.map(({ _id }) => _id)));
			assert.equal(output.length, 12_345);
			assert.deepEqual([...new Set(linksOf(output))], [0]);
			assert.deepEqual(
				world.planhat.requests.map(({ method, path, query }) => [method, path, query.limit, query.offset]),
				['0', '5000', '10000'].map((offset) => ['GET', '/companies', '5000', offset]),
			);
		});

		test('of metric values is filtered by company, dimension and days, and comes completely', async () => {
			const [company, other] = world.planhat.insert('companies', namedRows(2));
			const value = (companyId, dimensionId, day) => ({
				companyId,
				dimensionId,
				value: 1,
				time: new Date(day * dayMilliseconds).toISOString(),
			});
			const wanted = Array.from({ length: 2_500 }, () => value(company._id, 'logins', 20_000));
			const unwanted = [
				value(other._id, 'logins', 20_000),
				value(company._id, 'beats', 20_000),
				value(company._id, 'logins', 19_999),
			];
			world.planhat.insert('dimensiondata', [...wanted, ...unwanted]);
			const filters = { companyId: company._id, dimensionId: 'logins', from: '2024-10-04', to: '2024-10-04T12:00:00Z' };
			const { status, error, output } = await runNode({
				resource: 'metric',
				operation: 'getAll',
				returnAll: true,
				filters,
			});
			assert.equal(status, 'success', error?.message);
			assert.equal(output.length, wanted.length);
			assert.ok(output.every(({ json }) => json.companyId === company._id && json.dimensionId === 'logins'));
		});

		test('that is empty puts out nothing', async () => {
			const { status, output } = await runNode({ resource: 'company', operation: 'getAll' });
			assert.equal(status, 'success');
			assert.deepEqual(output, []);
		});
	});
}

function namedRows(length) {
	return Array.from({ length }, (_, index) => ({ name: `Company ${index + 1}` }));
}

function idsOf(items) {
	return new Set(items.map(({ json }) => json._id));
}
