import { describe, expect, it } from '@jest/globals';

import { create } from '../../../../nodes/Planhat/operations/create.ts';
import { get } from '../../../../nodes/Planhat/operations/get.ts';
import type { Operation } from '../../../../nodes/Planhat/run/operation.ts';
import { answerItem, prepareItem } from '../../../../nodes/Planhat/run/sendItem.ts';
import { inputError } from '../../../../nodes/Planhat/transport/errors.ts';
import type { PlanhatRequest } from '../../../../nodes/Planhat/transport/request.ts';
import { thrownBy } from '../../../thrownBy.mts';
import { fakeItem, node } from '../../fakeItem.mts';

const request: PlanhatRequest = {
	method: 'POST',
	url: '/companies',
	target: { verb: 'create', record: 'company', permission: 'Company', keys: { externalId: 'acme' } },
};

/** An item whose operation throws, before or after a write has left. */
async function thrownWhere(writesBefore: number, thrown: unknown) {
	const item = fakeItem('company');
	const transport = { ...item.transport, writes: 3 };
	const operation: Operation = {
		...create,
		async answer() {
			transport.writes += writesBefore;
			throw thrown;
		},
	};
	return await thrownBy(async () => await answerItem(operation, { ...item, transport }, request));
}

describe('what is thrown while an item is answered', () => {
	it('says after a write that it may have been applied, and of which record', async () => {
		const error = await thrownWhere(1, new RangeError('Maximum call stack size exceeded'));
		expect(error.message).toBe('Maximum call stack size exceeded');
		expect(error.description).toContain('may have been applied');
		expect(error.context?.details).toMatchObject({ outcome: 'unknown', keys: { externalId: 'acme' } });
	});

	it('is left as it is where no write has left', async () => {
		const thrown = new RangeError('Maximum call stack size exceeded');
		expect(await thrownWhere(0, thrown)).toBe(thrown);
	});

	it('is left as it is where it knows what became of the row', async () => {
		const thrown = inputError(node, 'Planhat has no such company', 'Check the ID.');
		expect(await thrownWhere(1, thrown)).toBe(thrown);
		expect(thrown.context.details).toMatchObject({ outcome: 'failed' });
	});
});

describe('an item whose credential allows no write', () => {
	const refusal = inputError(node, 'No', '');

	const item = (parameters = {}) => {
		const made = fakeItem('company', parameters);
		return { ...made, transport: { ...made.transport, refusalOf: () => refusal } };
	};

	it('is refused before its parameters are looked at', async () => {
		expect(await thrownBy(async () => await prepareItem(create, item()))).toBe(refusal);
	});

	it('may be read', async () => {
		const recordId = { mode: 'id', value: '5f0000000000000000000001' };
		expect(await prepareItem(get, item({ recordId }))).toMatchObject({ method: 'GET' });
	});
});
