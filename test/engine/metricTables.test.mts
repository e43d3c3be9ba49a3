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

	it('hands back which value failed, also where its row has no other', async () => {
		const rows = [{ externalId: 'a', date: '2026-01-31', logins: '', exports: 'many' }];
		const { errors } = await insert(rows, { rowsHold: 'severalMetrics' });
		expect(errors).toHaveLength(1);
		const row = { dimensionId: 'exports', value: 'many', externalId: 'a', date: '2026-01-31' };
		expect(errors[0]?.json).toMatchObject({ details: { row } });
	});

	it('names the columns as the table has them where a value is refused or missing', async () => {
		const wide = { rowsHold: 'severalMetrics', targetColumn: 'account', dateColumn: 'day' };
		const rows = [
			{ Account: 'a', Day: '2026-03-31', 'Log-ins': '1,5' },
			{ Account: 'a', Day: '31.03.2026', exports: 1 },
			{ Account: '', Day: '2026-03-31', exports: 1 },
			{ Account: 'N/A', Day: '2026-03-31', exports: 1 },
		];
		const { errors } = await insert(rows, wide);
		expect(errors.map(({ json }) => json.error)).toEqual([
			expect.stringContaining(
				`'Log-ins' takes a number such as 1200 or 1200.5, not '1,5'. Send '1,5' as 1.5. This reads it: {{ $json["Log-ins"].replace(',', '.') }}`,
			),
			expect.stringContaining(
				"'Day' takes a date such as 2026-03-31 or 2026-03-31T08:00:00Z, not '31.03.2026'. Send '31.03.2026' as 2026-03-31. This reads it: {{ DateTime.fromFormat($json.Day, 'dd.MM.yyyy').toISODate() }}",
			),
			expect.stringContaining('It lacks Account'),
			expect.stringContaining("'Account' takes an ID as text or number, not 'N/A'"),
		]);
		expect(values()).toEqual([]);
	});

	it.each<[string, INodeParameters, string]>([
		[
			'the column that is named for it is not there',
			{ dateColumn: 'Month' },
			"No row has the column 'Month', and 'Day' holds dates",
		],
		['another column holds dates', {}, "No row has the column 'date', and 'Day' holds dates"],
	])('is refused where %s: its values would count for today', async (_what, options, words) => {
		const rows = [
			{ externalId: 'a', logins: 1 },
			{ externalId: 'a', Day: '31.03.2026', logins: 2 },
		];
		const { errors } = await insert(rows, { rowsHold: 'severalMetrics', ...options });
		expect(errors[0]?.json.error).toContain(words);
		expect(values()).toEqual([]);
	});

	it('leaves out what n8n adds, and says which metrics no row has', async () => {
		const rows = [{ '\ufeffrow_number': 2, sessionId: 7, externalId: 'a', logins: 1 }];
		await insert(rows, { rowsHold: 'severalMetrics' });
		const { hints } = await insert(rows, { rowsHold: 'severalMetrics', metricColumns: 'Logins, Exports' });
		expect(values()).toEqual(['logins', 'Logins'].map((dimensionId) => ({ dimensionId, value: 1, externalId: 'a' })));
		expect(hints[0]).toMatchObject({
			type: 'warning',
			message: expect.stringContaining('No row has a column for these metrics: Exports.'),
		});
	});

	it('is refused where nothing is left of the name of a metric', async () => {
		const { errors, hints } = await insert([{ externalId: 'a', '\u{1f600}': 1, ok: 2 }], {
			rowsHold: 'severalMetrics',
			cleanNames: true,
		});
		expect(errors[0]?.json.error).toContain("Nothing is left of the name '\u{1f600}'");
		expect(values()).toEqual([{ dimensionId: 'ok', value: 2, externalId: 'a' }]);
		expect(hints[0]?.message).not.toContain('cleaned');
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

	it('may be given by ID or by a link, in capitals or not', async () => {
		const [company] = companies(1);
		const _id = String(company?._id);
		const link = `https://ws.planhat.com/x/home?preview=Company.${_id}`;
		const rows = [_id, _id.toUpperCase(), link].map((externalId) => ({ dimensionId: 'logins', value: 1, externalId }));
		expect((await insert(rows, { companyBy: 'id' })).errors).toEqual([]);
		expect(values()).toMatchObject(rows.map(() => ({ externalId: 'c-0' })));
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
