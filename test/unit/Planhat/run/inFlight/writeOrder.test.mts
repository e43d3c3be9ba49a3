import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { inFlight } from '../../../../../nodes/Planhat/run/inFlight/inFlight.ts';
import { WriteOrder } from '../../../../../nodes/Planhat/run/inFlight/writeOrder.ts';
import { defaultBehaviour } from '../../../../planhat-server/behaviour.mts';
import { modelAt } from '../../../../planhat-server/models.mts';
import type { ServedModel } from '../../../../planhat-server/model.mts';
import { Store } from '../../../../planhat-server/store.mts';
import { Refusal, type JsonObject } from '../../../../planhat-server/types.mts';
import { createRecord, updateRecord } from '../../../../planhat-server/writing.mts';

interface Names {
	address?: IDataObject;
	fields?: IDataObject;
}

/** Whether the second of two items waits until the first has ended. */
async function waits(first: Names, second: Names): Promise<boolean> {
	const order = new WriteOrder();
	const writes = [first, second].map(({ address = {}, fields = {} }) => {
		const write = order.begin();
		write.name('fields', fields);
		write.name('address', address);
		return write;
	});
	const [earlier, later] = writes;
	await earlier?.turn();
	let hasTurn = false;
	void later?.turn().then(() => {
		hasTurn = true;
	});
	await new Promise((resolve) => setImmediate(resolve));
	const hasWaited = !hasTurn;
	earlier?.end();
	await new Promise((resolve) => setImmediate(resolve));
	expect(hasTurn).toBe(true);
	return hasWaited;
}

describe('two items that write', () => {
	const apart: Array<[string, Names, Names]> = [
		['new records with other keys', { fields: { externalId: 'a' } }, { fields: { externalId: 'b' } }],
		['new records, one of them without a key', { fields: { externalId: 'a' } }, {}],
		['two IDs', { address: { _id: 'a' } }, { address: { _id: 'b' } }],
		[
			'two external IDs that the fields say again',
			{ address: { externalId: 'a' }, fields: { externalId: 'a' } },
			{ address: { externalId: 'b' }, fields: { externalId: 'b' } },
		],
		['two IDs, and a new key of one', { address: { _id: 'a' }, fields: { sourceId: 's' } }, { address: { _id: 'b' } }],
	];

	it.each(apart)('go out side by side: %s', async (_name, first, second) => {
		expect([await waits(first, second), await waits(second, first)]).toEqual([false, false]);
	});

	const together: Array<[string, Names, Names]> = [
		['the same key', { fields: { externalId: 'a' } }, { fields: { externalId: 'a' } }],
		['keys of another kind', { fields: { externalId: 'a' } }, { fields: { sourceId: 'b' } }],
		['more keys', { fields: { externalId: 'a' } }, { fields: { externalId: 'b', sourceId: 'b' } }],
		['the same address', { address: { _id: 'a' } }, { address: { _id: 'a' } }],
		['the same address, in capitals', { address: { email: 'a@b.c' } }, { address: { email: 'A@b.c ' } }],
		['another kind of address', { address: { _id: 'a' } }, { address: { externalId: 'b' } }],
		[
			'an address that the fields of the other give',
			{ address: { externalId: 'a' }, fields: { externalId: 'b' } },
			{ address: { externalId: 'b' } },
		],
		[
			'a key that one may give up and the other take',
			{ address: { _id: 'a' }, fields: { externalId: 'x' } },
			{ address: { _id: 'b' }, fields: { externalId: 'y' } },
		],
	];

	it.each(together)('go out one after the other: %s', async (_name, first, second) => {
		expect([await waits(first, second), await waits(second, first)]).toEqual([true, true]);
	});

	it('go out one after the other where the first has not named its record yet', async () => {
		const order = new WriteOrder();
		const [first, second] = [order.begin(), order.begin()];
		second.name('address', { _id: 'b' });
		let hasTurn = false;
		const turn = second.turn().then(() => {
			hasTurn = true;
		});
		await new Promise((resolve) => setImmediate(resolve));
		expect(hasTurn).toBe(false);
		first.name('address', { _id: 'a' });
		void first.turn();
		await turn;
		expect(hasTurn).toBe(true);
	});
});

const [ids, keys] = [['a', 'b', 'c'].map((letter) => letter.repeat(24)), ['k1', 'k2', 'k3', 'k4']];

interface Item {
	address?: { kind: '_id' | 'externalId' | 'sourceId'; value: string };
	fields: JsonObject;
	/** Turns of the event loop before and after Planhat does what is asked. */
	takes: [number, number];
}

const key = fc.constantFrom(...keys);

const takes = fc.tuple(fc.nat(3), fc.nat(3));

const fields = fc.record(
	{ externalId: key, sourceId: key, name: fc.constantFrom('N1', 'N2') },
	{ requiredKeys: ['name'] },
);

const created: fc.Arbitrary<Item> = fc.record({ fields, takes });

const changed = (kinds: ReadonlyArray<NonNullable<Item['address']>['kind']>): fc.Arbitrary<Item> =>
	fc.constantFrom(...kinds).chain((kind) =>
		fc.record({
			address: fc.record({ kind: fc.constant(kind), value: kind === '_id' ? fc.constantFrom(...ids) : key }),
			fields: fc.oneof(fields, fc.constant({ name: 'N3' })),
			takes,
		}),
	);

const runs = fc.oneof(
	...[created, changed(['_id']), changed(['externalId']), changed(['_id', 'externalId', 'sourceId'])].map((item) =>
		fc.array(item, { minLength: 3, maxLength: 10 }),
	),
);

/** What the test double makes of an item. */
function applied(store: Store, model: ServedModel, { address, fields: given }: Item): string {
	try {
		if (address === undefined) return String(createRecord(store, model, given, defaultBehaviour).name);
		const record = store.findOne(model, address.kind, address.value);
		if (record === undefined) return 'not found';
		const { record: after } = updateRecord(store, model, record, given, 'always', defaultBehaviour);
		return [after._id, after.externalId, after.sourceId, after.name].join(' ');
	} catch (error) {
		if (error instanceof Refusal) return `refused: ${String(error.body)}`;
		throw error;
	}
}

async function run(items: readonly Item[], width: number) {
	const store = new Store(() => new Date(0));
	const model = modelAt('companies');
	if (model === undefined) throw new Error('The double has no companies');
	store.insert(
		'companies',
		ids.map((_id, at) => ({ _id, name: 'Old', externalId: `k${at + 1}`, sourceId: `k${at + 2}` })),
	);
	const order = new WriteOrder();
	const said: string[] = [];
	const [underWay, most] = [new Set<number>(), { atOnce: 0 }];
	const turns = async (count: number) => {
		for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
	};
	await inFlight(items.length, {
		width: () => width,
		yieldToEventLoop: () => undefined,
		take: (answer: string) => void said.push(answer),
		async on(index) {
			const item = items[index] ?? { fields: {}, takes: [0, 0] };
			const write = order.begin();
			await turns(item.takes[1]);
			const { externalId, sourceId } = item.fields;
			const given = Object.entries({ externalId, sourceId }).filter(([, value]) => value !== undefined);
			write.name('fields', Object.fromEntries(given));
			if (item.address !== undefined) write.name('address', { [item.address.kind]: item.address.value });
			await write.turn();
			underWay.add(index);
			most.atOnce = Math.max(most.atOnce, underWay.size);
			await turns(item.takes[0]);
			const answer = applied(store, model, item);
			await turns(item.takes[1]);
			underWay.delete(index);
			write.end();
			return answer;
		},
	});
	const left = store.recordsOf(model).map((record) => JSON.stringify({ ...record, _id: '' }));
	return { said, left: left.sort(), atOnce: most.atOnce };
}

describe('items of a run that write several at a time', () => {
	it('leave the records, and get the answers, of one after the other', async () => {
		let together = 0;
		await fc.assert(
			fc.asyncProperty(runs, async (items) => {
				const expected = await run(items, 1);
				const { atOnce, ...given } = await run(items, 6);
				expect(given).toEqual({ said: expected.said, left: expected.left });
				if (atOnce > 1) together += 1;
			}),
			{ numRuns: 1_500 },
		);
		expect(together).toBeGreaterThan(300);
	}, 60_000);
});
