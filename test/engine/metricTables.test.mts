import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

async function insert(rows: IDataObject[], options: INodeParameters) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource: 'metric', operation: 'insert', fields, options };
	return await planhat.run(parameters, { items: itemsOf(rows), onError: 'continueErrorOutput' });
}

function values(): unknown {
	return planhat.server.requests.filter(({ method }) => method === 'POST').flatMap(({ body }) => body);
}

describe('a table with several metrics in a row', () => {
	it('goes out as one value for each that has one', async () => {
		const rows = [
			{ row_number: 2, Account: 'a', Day: '2026-01-31', logins: 5, exports: '' },
			{ row_number: 3, Account: 'b', Day: '2026-01-31', logins: '7', exports: 0 },
		];
		const { output, errors } = await insert(rows, {
			rowsHold: 'severalMetrics',
			targetColumn: 'account',
			dateColumn: 'Day',
		});
		expect(errors).toEqual([]);
		expect(output[0]?.json).toMatchObject({ rows: 3, processed: 3, requests: 1 });
		const date = '2026-01-31T00:00:00.000Z';
		expect(values()).toEqual([
			{ dimensionId: 'logins', value: 5, externalId: 'a', date },
			{ dimensionId: 'logins', value: 7, externalId: 'b', date },
			{ dimensionId: 'exports', value: 0, externalId: 'b', date },
		]);
	});

	it('sends the columns that are named, with clean names, and hands back the value that is none', async () => {
		const rows = [{ externalId: 'a', 'Active Users (30d)': 3, Exports: 'many', Note: 'x' }];
		const { errors, hints } = await insert(rows, {
			rowsHold: 'severalMetrics',
			metricColumns: 'Active Users (30d), Exports',
			cleanNames: true,
		});
		expect(values()).toEqual([{ dimensionId: 'Active_Users_30d', value: 3, externalId: 'a' }]);
		expect(errors).toHaveLength(1);
		expect(errors[0]?.json).toMatchObject({ details: { row: { dimensionId: 'Exports', value: 'many' } } });
		expect(hints[0]?.message).toContain("'Active Users (30d)' as 'Active_Users_30d'");
	});

	it('is refused without its target column, and in a row without any value', async () => {
		const wide = { rowsHold: 'severalMetrics', metricColumns: 'logins' };
		const { errors } = await insert([{ company: 'a', logins: 1 }], wide);
		expect(errors[0]?.json.error).toContain("No row has the column 'externalId'");
		const empty = await insert(
			[
				{ externalId: 'a', logins: 1 },
				{ externalId: 'b', logins: null },
			],
			wide,
		);
		expect(empty.errors).toHaveLength(1);
		expect(empty.errors[0]?.pairedItem).toEqual({ item: 1 });
	});
});

describe('the companies of metric values', () => {
	const companies = (count: number) =>
		planhat.server.insert(
			'companies',
			Array.from({ length: count }, (_, index) => ({
				name: `C ${index}`,
				externalId: `c-${index}`,
				sourceId: `s-${index}`,
				domains: [`c${index}.com`],
			})),
		);

	it('may be given by domain, and are looked up once for all rows', async () => {
		companies(3);
		const rows = ['c0.com', 'https://www.c1.com', 'gone.com', 'C2.com'].map((externalId) => ({
			dimensionId: 'logins',
			value: 1,
			externalId,
		}));
		const { errors } = await insert(rows, { companyBy: 'domain' });
		expect(values()).toMatchObject(['c-0', 'c-1', 'c-2'].map((externalId) => ({ externalId })));
		expect(errors[0]?.json.error).toContain("'gone.com' is the domain of no company");
		expect(planhat.sent().filter((sent) => sent.startsWith('GET'))).toEqual(['GET /companies', 'GET /leancompanies']);
	});

	it('are checked on request: a value for none fails, and nothing vanishes', async () => {
		const [company] = companies(2);
		planhat.server.insert('assets', [{ name: 'A', externalId: 'as-1', companyId: String(company?._id) }]);
		const rows = [
			{ dimensionId: 'logins', value: 1, externalId: 'c-1' },
			{ dimensionId: 'logins', value: 1, externalId: 'c-9' },
			{ dimensionId: 'logins', value: 1, externalId: 'as-1', model: 'Asset' },
			{ dimensionId: 'logins', value: 1, externalId: 'as-2', model: 'Asset' },
		];
		const { errors, output } = await insert(rows, { checkTargets: true });
		expect(output[0]?.json).toMatchObject({ processed: 2 });
		expect(errors.map(({ json }) => json.error)).toEqual([
			expect.stringContaining("No company has the external ID 'c-9'"),
			expect.stringContaining("No asset has the external ID 'as-2'"),
		]);
	});

	it('are not looked up where nobody asks for it', async () => {
		await insert([{ dimensionId: 'logins', value: 1, externalId: 'c-9' }], {});
		expect(planhat.sent().filter((sent) => sent.startsWith('GET'))).toEqual([]);
	});
});
