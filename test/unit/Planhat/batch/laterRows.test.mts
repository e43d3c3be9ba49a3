import { describe, expect, it } from '@jest/globals';

import { LaterRows } from '../../../../nodes/Planhat/batch/laterRows.ts';
import type { NamedKey } from '../../../../nodes/Planhat/rows/rowKeys.ts';

/** Keys of the rows, best first. */
const rows: ReadonlyArray<readonly NamedKey[]> = [
	[{ name: 'email', value: 'Ann@a.com' }],
	[{ name: 'email', value: 'bo@b.com' }],
	[{ name: 'email', value: 'cy@c.com' }],
	[
		{ name: 'sourceId', value: 's' },
		{ name: 'email', value: 'new@a.com' },
	],
	[{ name: 'email', value: 'last@a.com' }],
];

const places = [...rows.keys()];
const all = () => true;

function laterRows(held: ReadonlyMap<number, readonly NamedKey[]> | Error, names = ['sourceId', 'email']) {
	const asked: number[][] = [];
	const keys = {
		names,
		tell: (at: number, told: (name: string, value: string) => void) => {
			for (const { name, value } of rows[at] ?? []) told(name, value);
		},
		namesCompany: () => false,
	};
	const find = async (some: readonly number[]) => {
		asked.push([...some]);
		return held instanceof Error ? await Promise.reject(held) : await Promise.resolve(held);
	};
	return { asked, later: new LaterRows(keys, find, ['email']) };
}

describe('Rows that are open while later ones went out', () => {
	it('are doubtful where a later one has a better key', () => {
		const { renamed, all: doubtful } = laterRows(new Map()).later.among(places);
		expect([[...renamed], [...doubtful.keys()]]).toEqual([
			[2, 1, 0],
			[2, 1, 0],
		]);
	});

	it('are not where no later one has changed a record, or all have the same keys', () => {
		expect(laterRows(new Map()).later.among(places, (at) => at !== 3).all.size).toBe(0);
		expect(laterRows(new Map(), ['email']).later.among(places).all.size).toBe(0);
	});

	it('are lost where their record is not found, or is one that a later row names', async () => {
		const held = new Map([
			[0, [{ name: 'email', value: 'ann@a.com' }]],
			[1, [{ name: 'sourceId', value: 's' }, ...(rows[1] ?? [])]],
		]);
		const { later, asked } = laterRows(held);
		expect([...(await later.lost(places, later.among(places), all))].sort()).toEqual([1, 2]);
		expect(asked).toEqual([[2, 1, 0]]);
	});

	it('are looked for once, until a row goes out that may change a key', async () => {
		const { later, asked } = laterRows(new Map());
		await later.lost(places, later.among(places), all);
		later.noteSent([0]);
		await later.lost(places, later.among(places), all);
		expect(asked.length).toBe(1);
		later.noteSent([3]);
		await later.lost(places, later.among(places), all);
		expect(asked.length).toBe(2);
	});

	it('are all lost where the records cannot be read', async () => {
		const { later } = laterRows(new Error('403'));
		expect((await later.lost(places, later.among(places), all)).size).toBe(3);
	});
});
