import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { RunOptions } from './harness.mts';
import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const automatic = { mappingMode: 'autoMapInputData', value: null };
const metric = { dimensionId: 'logins', value: 1, externalId: 'a' };
const dated = { ...metric, date: '2026-01-31' };
const activity = { email: 'kim@example.com', action: 'login' };
const wide = { rowsHold: 'severalMetrics' };
const receipt = 'so that Planhat takes the time of receipt.';

async function post(
	resource: 'metric' | 'userActivity',
	rows: IDataObject[],
	parameters: INodeParameters = {},
	options: Partial<RunOptions> = {},
) {
	const operation = resource === 'metric' ? 'insert' : 'track';
	const run = await planhat.run(
		{ resource, operation, fields: automatic, ...parameters },
		{ items: itemsOf(rows), onError: 'continueErrorOutput', ...options },
	);
	const posted = planhat.server.requests.filter(({ method }) => method === 'POST').flatMap(({ body }) => body);
	const [hint] = run.hints;
	return { ...run, said: hint?.message ?? '', type: hint?.type, posted: posted as IDataObject[] };
}

describe('a field that Planhat takes for something where it is empty', () => {
	it.each<[string, 'metric' | 'userActivity', IDataObject[], INodeParameters, string]>([
		['a date', 'metric', [dated, { ...metric, date: '' }], {}, `'date' is empty in row 2, ${receipt}`],
		['a date of blanks', 'metric', [{ ...metric, date: ' ' }], {}, `'date' is empty in row 1, ${receipt}`],
		[
			'no date, as only some rows',
			'metric',
			[metric, dated, metric],
			{},
			`'date' is empty in rows 1 and 3, ${receipt}`,
		],
		[
			'a date in many rows',
			'metric',
			[dated, ...Array.from({ length: 7 }, () => metric)],
			{},
			`'date' is empty in 7 rows, the first is row 2, ${receipt}`,
		],
		['a date under its own name', 'metric', [{ ...metric, DATE: null }], {}, `'DATE' is empty in row 1, ${receipt}`],
		[
			'a date beside another spelling',
			'metric',
			[
				{ ...metric, date: '', Date: '2026-01-31' },
				{ ...metric, date: '', Date: '' },
			],
			{},
			`is empty in row 2, ${receipt}`,
		],
		[
			'a model',
			'metric',
			[
				{ ...dated, model: '' },
				{ ...dated, model: 'Asset' },
			],
			{},
			"'model' is empty in row 1, so that Planhat takes Company.",
		],
		[
			'a date with Empty Values',
			'metric',
			[{ ...metric, date: '' }],
			{ options: { emptyValues: 'clear' } },
			`'date' is empty in row 1, ${receipt}`,
		],
		[
			'a date of a table with several metrics',
			'metric',
			[
				{ externalId: 'a', Day: '2026-01-31', x: 1, y: 2 },
				{ externalId: 'b', Day: '', x: 1, y: 2 },
				{ externalId: 'c', x: 3 },
			],
			{ options: { ...wide, dateColumn: 'Day' } },
			`'Day' is empty in rows 2 and 3, ${receipt}`,
		],
		[
			'a model of a table with several metrics',
			'metric',
			[
				{ externalId: 'a', date: '2026-01-31', Model: 'Asset', x: 1 },
				{ externalId: 'b', date: '2026-01-31', Model: '', x: 1 },
			],
			{ options: wide },
			"'Model' is empty in row 2, so that Planhat takes Company.",
		],
		[
			'a date of a list in JSON',
			'metric',
			[{}],
			{ specifyFields: 'json', json: JSON.stringify([dated, metric]) },
			`'date' is empty in row 2, ${receipt}`,
		],
		[
			'a date of a table in JSON',
			'metric',
			[{}],
			{
				specifyFields: 'json',
				json: JSON.stringify([
					{ externalId: 'a', date: '2026-01-31', x: 1, y: 1 },
					{ externalId: 'a', date: '', x: 1, y: 1 },
				]),
				options: wide,
			},
			`'date' is empty in row 2, ${receipt}`,
		],
		[
			'a date that is mapped by hand',
			'metric',
			[{ d: '2026-01-31' }, { d: '' }, {}],
			{
				fields: {
					mappingMode: 'defineBelow',
					value: { dimensionId: 'x', value: 1, externalId: 'a', date: '={{ $json.d }}', model: '' },
				},
			},
			`'date' is empty in rows 2 and 3, ${receipt}`,
		],
		[
			'a date',
			'userActivity',
			[
				{ ...activity, date: '2026-01-31' },
				{ ...activity, date: '' },
			],
			{},
			`'date' is empty in row 2, ${receipt}`,
		],
		['a date alone', 'userActivity', [{ ...activity, date: '' }], {}, `'date' is empty in row 1, ${receipt}`],
		[
			'an action',
			'userActivity',
			[activity, { ...activity, action: '' }],
			{},
			"'action' is empty in row 2, so that Planhat does not show the activity.",
		],
		[
			'a weight',
			'userActivity',
			[{ ...activity, weight: 3 }, activity],
			{},
			"'weight' is empty in row 2, so that Planhat takes 1.",
		],
		[
			'a count',
			'userActivity',
			[{ ...activity, count: '' }],
			{},
			"'count' is empty in row 1, so that Planhat takes 1.",
		],
	])('is told: %s (%s)', async (_what, resource, rows, parameters, words) => {
		const { said, type, errors } = await post(resource, rows, parameters);
		expect(errors).toEqual([]);
		expect(said).toContain(words);
		expect(type).toBe('warning');
	});

	it('counts the rows that went out, and no others', async () => {
		const { said, posted } = await post('metric', [
			dated,
			{ ...metric, date: '', value: 'x' },
			{ ...metric, date: '' },
		]);
		expect(posted).toHaveLength(2);
		expect(said).toBe(`'date' is empty in row 3, ${receipt}`);
	});

	it('counts the rows of all credentials, by their places in the input', async () => {
		const credentials = { ...planhat.credentials, callsPerMinute: '={{ $json.pace }}' };
		const table = [
			{ pace: 0, externalId: 'a', date: '2026-01-31', x: 1, y: 1 },
			{ pace: 10, externalId: 'b', date: '', x: 1, y: 1 },
			{ pace: 0, externalId: 'c', date: '2026-01-31', x: 1, y: 1 },
			{ pace: 10, externalId: 'd', date: '', x: 1 },
		];
		const options = { ...wide, metricColumns: 'x, y' };
		const { said } = await post('metric', table, { options }, { credentials });
		expect(said).toContain(`'date' is empty in rows 2 and 4, ${receipt}`);
	});

	it.each<[string, 'metric' | 'userActivity', IDataObject[]]>([
		['no row has a column for it', 'metric', [metric, metric]],
		['no activity has a column for it', 'userActivity', [activity]],
		['every row has it', 'metric', [dated]],
		['another spelling holds it', 'metric', [{ ...metric, date: '', Date: '2026-01-31' }]],
		['nothing of it went out', 'metric', [{ ...metric, date: '', value: 'x' }]],
	])('is not told where %s', async (_what, resource, rows) => {
		expect((await post(resource, rows)).said).not.toContain('is empty');
	});

	it.each<[string, 'metric' | 'userActivity', IDataObject[], INodeParameters, string]>([
		['metrics', 'metric', [{ ...metric, day: '2026-01-31' }], {}, "and 'day' holds dates"],
		['metrics, as Excel has them', 'metric', [{ ...metric, Timestamp: 46053 }], {}, "and 'Timestamp' holds dates"],
		['metrics, in a column of Planhat', 'metric', [{ ...metric, time: '31.01.2026' }], {}, "and 'time' holds dates"],
		['activities', 'userActivity', [{ ...activity, timestamp: '2026-01-31' }], {}, "and 'timestamp' holds dates"],
		[
			'a table with several metrics that are named',
			'metric',
			[{ externalId: 'a', Month: '2026-01', x: 1 }],
			{ options: { ...wide, metricColumns: 'x' } },
			"No row has the column 'date', and 'Month' holds dates. Planhat takes the time of receipt for all values.",
		],
	])(
		'is told where no column is the date, and another holds dates: %s',
		async (_what, resource, rows, parameters, words) => {
			const { said, type, posted } = await post(resource, rows, parameters);
			expect([posted.length, type]).toEqual([1, 'warning']);
			expect(said).toContain(words);
		},
	);
});

describe('a table with several metrics in a row that can be understood in two ways', () => {
	const row = { externalId: 'a', date: '2026-01-31' };

	it.each<[string, IDataObject, INodeParameters, string]>([
		[
			'one column is named twice',
			{ ...row, x: 1 },
			{ metricColumns: 'x, X' },
			"'x' and 'X' in 'Metric Columns' mean the same column",
		],
		[
			'two columns are spelled like a metric',
			{ ...row, 'Log ins': 1, log_ins: 2 },
			{ metricColumns: 'LogIns' },
			"'LogIns' may be the column 'Log ins' or 'log_ins'",
		],
		[
			'two columns are spelled like the target',
			{ date: '2026-01-31', 'External ID': 'a', external_id: 'b', x: 1 },
			{},
			"'externalId' may be the column 'External ID' or 'external_id'",
		],
		[
			'a column of Excel days has no role',
			{ externalId: 'a', Month: 46053, x: 1 },
			{},
			"No row has the column 'date', and 'Month' holds dates",
		],
	])('is refused where %s', async (_what, table, options, words) => {
		const { errors, posted } = await post('metric', [table], { options: { ...wide, ...options } });
		expect(errors[0]?.json.error).toContain(words);
		expect(posted).toEqual([]);
	});

	it.each<[string, IDataObject, INodeParameters, string[]]>([
		['a column that is named twice goes out once', { ...row, x: 1 }, { metricColumns: 'x, x' }, ['x']],
		['columns with their very names are told apart', { ...row, x: 1, X: 2 }, { metricColumns: 'x, X' }, ['x', 'X']],
		['an empty column gives way', { ...row, 'Log ins': '', log_ins: 2 }, { metricColumns: 'LogIns' }, ['LogIns']],
		['the column of models is no metric', { ...row, Model: 'Asset', x: 1 }, {}, ['x']],
		['a number of Excel days is a metric where its name is none of a date', { ...row, seats: 46053 }, {}, ['seats']],
	])('goes on where it is clear: %s', async (_what, table, options, names) => {
		const { errors, posted } = await post('metric', [table], { options: { ...wide, ...options } });
		expect(errors).toEqual([]);
		expect(posted.map(({ dimensionId }) => dimensionId)).toEqual(names);
	});

	it('says which columns it has taken for metrics, where nobody has named them', async () => {
		const table = { ...row, ID: 7, logins: 5, note: '' };
		const { said, type } = await post('metric', [table], { options: wide });
		expect([said, type]).toEqual(['These columns were taken for metrics: ID and logins.', 'info']);
		expect((await post('metric', [table], { options: { ...wide, metricColumns: 'logins' } })).said).toBe('');
	});

	it('names the row of the table where a run stops', async () => {
		const rows = [
			{ ...row, x: 1, y: 2 },
			{ ...row, x: 1, y: 'no' },
		];
		const { error } = await post('metric', rows, { options: wide }, { onError: 'stopWorkflow' });
		expect(error?.message).toContain("not 'no' (row 2)");
	});
});

describe('the records that metrics are for', () => {
	const seed = () => planhat.server.insert('companies', [{ name: 'Acme', externalId: 'a', domains: ['acme.com'] }]);
	const rest = Object.fromEntries(Object.entries(dated).filter(([name]) => name !== 'externalId'));

	it.each<[string, IDataObject, INodeParameters, string]>([
		[
			'in a column that other models call so',
			{ ...rest, extId: 'gone.com' },
			{ companyBy: 'domain' },
			"'gone.com' is the domain of no company",
		],
		[
			'beside an empty column',
			{ ...rest, externalId: '', 'External ID': 'gone.com' },
			{ companyBy: 'domain' },
			"'gone.com' is the domain of no company",
		],
		[
			'to be checked, in a column that other models call so',
			{ ...rest, ext_id: 'gone' },
			{ checkTargets: true },
			"No company has the external ID 'gone'",
		],
		[
			'to be checked, beside an empty column',
			{ ...rest, externalId: '', EXTERNALID: 'gone' },
			{ checkTargets: true },
			"No company has the external ID 'gone'",
		],
		[
			'to be checked, of a model beside an empty column',
			{ ...dated, model: '', Model: 'Asset' },
			{ checkTargets: true },
			"No asset has the external ID 'a'",
		],
		[
			'to be checked, of no model that has metrics',
			{ ...dated, model: 'End User' },
			{ checkTargets: true },
			"'a' cannot be checked: 'End User' is not Company, EndUser, Asset or Project",
		],
	])('are looked up whatever the column is called: %s', async (_what, row, options, words) => {
		seed();
		const { errors, posted } = await post('metric', [row], { options });
		expect(errors[0]?.json.error).toContain(words);
		expect(posted).toEqual([]);
	});
});

describe('names of metrics with Clean Names', () => {
	it.each<[string, unknown, string | undefined]>([
		['words for nothing', 'N/A', undefined],
		['a fault of a spreadsheet', '#REF!', undefined],
		['an object as text', '[object Object]', undefined],
		['a character that nobody sees', 'log\u200bins', undefined],
		['a number', 1.5, '1_5'],
		['an unseen character at the end', 'log ins\u200b', 'log_ins'],
	])('are names before they are cleaned: %s', async (_what, dimensionId, clean) => {
		const { posted, errors } = await post('metric', [{ ...dated, dimensionId } as IDataObject], {
			options: { cleanNames: true },
		});
		expect(posted.map((row) => row.dimensionId)).toEqual(clean === undefined ? [] : [clean]);
		expect(errors).toHaveLength(clean === undefined ? 1 : 0);
	});

	it('are the same with and without what nobody sees at their ends', async () => {
		const rows = ['log ins', 'log ins\u200b'].map((dimensionId) => ({ ...dated, dimensionId }));
		const { posted } = await post('metric', rows, { options: { cleanNames: true } });
		expect(posted).toHaveLength(2);
	});
});

it('Columns that no field fits go nowhere where there are no custom fields, and it is said so', async () => {
	const { said } = await post('metric', [{ ...dated, note: 'x' }], { options: { unknownFields: 'custom' } });
	expect(said).toBe("These are no fields of a metric value and were left out: note. See the option 'Unknown Fields'.");
});
