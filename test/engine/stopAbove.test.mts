import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { bench, itemsOf } from './planhat.mts';

const planhat = bench();

const metric = (value: unknown) => ({ dimensionId: 'logins', externalId: 'a', value });

const activity = (email: unknown) => ({ email, action: 'Login' });

const post = async (resource: string, rows: unknown[], stopAbove: string) => {
	const operation = resource === 'metric' ? 'insert' : 'track';
	const fields = { mappingMode: 'autoMapInputData', value: null };
	const parameters = { resource, operation, fields, options: { stopAbove } };
	return await planhat.run(parameters, { items: itemsOf(rows as IDataObject[]), onError: 'continueErrorOutput' });
};

describe.each([
	['metric', [1, 2, 'many', 'few'].map(metric)],
	['userActivity', ['a@x.com', 'b@x.com', 'nobody', 'none'].map(activity)],
])('Stop Above of %s', (resource, rows) => {
	it('sends nothing where more rows are refused', async () => {
		const { errors } = await post(resource, rows, '1');
		expect(errors).toHaveLength(4);
		expect(errors[0]?.json.error).toContain(
			"Nothing was sent. 2 of 4 rows are more than 'Stop Above' allows (1): 2 are refused",
		);
		expect(planhat.sent()).toEqual([]);
	});

	it.each(['2', '50%'])('sends the others where no more than %s are', async (stopAbove) => {
		const { errors } = await post(resource, rows, stopAbove);
		expect(errors).toHaveLength(2);
		expect(planhat.sent()).toHaveLength(1);
		expect(planhat.lastRequest().body).toHaveLength(2);
	});
});
