import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { models } from '../../dist/nodes/Planhat/resources/index.js';
import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

async function upsert(resource: string, rows: IDataObject[], options: INodeParameters) {
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource, operation: 'upsert', fields, options };
	const before = planhat.sent().length;
	const { output, errors, hints } = await planhat.run(parameters, {
		items: itemsOf(rows),
		onError: 'continueErrorOutput',
	});
	expect(errors).toEqual([]);
	return { output, said: hints.map(({ message }) => message).join(), calls: planhat.sent().length - before };
}

/** The number that a text of requests comes to, where Planhat has so many records. */
function requestsIn(text: unknown, counts: Readonly<Record<string, number>>): number {
	const said = String(text ?? 'at most 0');
	const base = Number(/^at most (\d+)/.exec(said)?.[1]);
	const pages = [...said.matchAll(/every ([\d,]+) ([a-z ]+?)(?= and | in )/g)];
	return pages.reduce((sum, [, size = '', plural = '']) => {
		return sum + Math.floor((counts[plural] ?? 0) / Number(size.replaceAll(',', '')));
	}, base);
}

const upserted = models.filter(({ operations }) => operations.includes('upsert'));
const cases = upserted.flatMap((model) =>
	model.keys.filter((key) => key !== '_id').map((key) => [model.singular, key, model] as const),
);

describe('What Dry Run says of requests', () => {
	it.each(cases)('is what a preview then takes: rows of type %s by %s', async (_name, key, model) => {
		const rowsOf = (count: number) =>
			Array.from({ length: count }, (_, at) => ({ [key]: `k${at}@x.com`, name: 'x', companyId: 'extid-acme' }));
		planhat.server.insert('companies', [{ externalId: 'acme', name: 'Acme' }]);
		for (const count of [1, 3, 12]) {
			const { output } = await upsert(model.resource, rowsOf(count), { dryRun: true, preview: true });
			const { reads, lookups = 0 } = output[0]?.json ?? {};
			const preview = await upsert(model.resource, rowsOf(count), { preview: true });
			const most = requestsIn(reads, { companies: 1 });
			expect(preview.calls - Number(lookups)).toBeLessThanOrEqual(most);
			const isOneList = !model.filters.some(({ takes }) => takes === 'boolean');
			const isRefused = preview.output.every(({ json }) => json.preview === 'refused');
			if (count === 12 && isOneList && !isRefused && key !== 'email')
				expect(preview.calls - Number(lookups)).toBe(most);
		}
	});

	it('is kept over several pages, and a preview says how many it took', async () => {
		const rows = Array.from({ length: 5_000 }, (_, at) => ({ externalId: `c-${at}`, name: `C ${at}` }));
		planhat.server.insert('companies', rows);
		const sent = [...rows, { externalId: 'new', name: 'New' }];
		const plan = await upsert('company', sent, { dryRun: true, preview: true });
		const most = requestsIn(plan.output[0]?.json.reads, { companies: 5_000 });
		expect(most).toBe(2);
		const summary = await upsert('company', sent, { preview: true, report: 'summary' });
		expect([summary.calls, summary.output[0]?.json.requests]).toEqual([2, 2]);
		const { said } = await upsert('company', sent, { preview: true });
		expect(said).toContain('To read the records took 2 requests.');
	});
});
