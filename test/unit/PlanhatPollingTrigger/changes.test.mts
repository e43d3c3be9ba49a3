import { describe, expect, it } from '@jest/globals';

import { clockworkOf, hasChanges } from '../../../nodes/PlanhatPollingTrigger/changes.ts';
import { modelOf, models } from '../../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../../nodes/Planhat/resources/types.ts';

function model(resource: string): Model {
	const found = modelOf(resource);
	if (found === undefined) throw new Error(`There is no model ${resource}`);
	return found;
}

const _id = '61006bc89a3e0b702ed8ea49';
const withinId = Number.parseInt(_id.slice(0, 8), 16) * 1_000;

describe('the time of a change', () => {
	it('is that of the last save, or of the creation', () => {
		const record = { _id, createdAt: '2026-01-01T00:00:00.000Z', updatedAt: '2026-02-01T00:00:00.000Z' };
		const updated = clockworkOf(model('company'), 'updated');
		expect([updated.sortedBy, updated.markOf(record)]).toEqual(['updatedAt', { id: _id, time: Date.UTC(2026, 1, 1) }]);
		const created = clockworkOf(model('company'), 'created');
		expect([created.sortedBy, created.markOf(record).time]).toEqual(['createdAt', Date.UTC(2026, 0, 1)]);
	});

	it('is within the ID where the record shows none', () => {
		expect(clockworkOf(model('license'), 'created').sortedBy).toBe('_id');
		expect(clockworkOf(model('license'), 'created').markOf({ _id }).time).toBe(withinId);
		expect(clockworkOf(model('company'), 'updated').markOf({ _id }).time).toBe(withinId);
	});

	it.each([undefined, '__proto__', 'abc', 'zz006bc89a3e0b702ed8ea49'])('is none where nothing tells it: %s', (odd) => {
		const { markOf } = clockworkOf(model('company'), 'createdOrUpdated');
		expect(markOf({ ...(odd !== undefined && { _id: odd }), updatedAt: 'soon' }).time).toBe(0);
	});

	it('is asked for in the list', () => {
		expect(clockworkOf(model('company'), 'updated').needs).toEqual(['updatedAt', 'createdAt']);
		expect(clockworkOf(model('invoice'), 'createdOrUpdated').needs).toEqual(['lastUpdated']);
	});
});

describe('an update', () => {
	const { isWanted, markOf } = clockworkOf(model('company'), 'updated');

	it.each([
		[0, false],
		[1_999, false],
		[2_000, false],
		[2_001, true],
	])('is a save %i ms after the creation: %s', (later, expected) => {
		const created = Date.UTC(2026, 0, 1);
		const record = {
			_id,
			createdAt: new Date(created).toISOString(),
			updatedAt: new Date(created + later).toISOString(),
		};
		expect(isWanted(record, markOf(record))).toBe(expected);
	});
});

it('all models are offered whose lists are sorted', () => {
	const left = models.filter((each) => !hasChanges(each)).map(({ resource }) => resource);
	expect(left).toEqual(['metric', 'userActivity']);
});
