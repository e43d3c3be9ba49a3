import { describe, expect, it } from '@jest/globals';

import { actorsIn, isSkippedActor } from '../../../../nodes/PlanhatTrigger/delivery/actors.ts';

describe('the trigger with an actor to skip', () => {
	const skipped = actorsIn(' 61006BC89a3e0b702ed8ea49, n8n sync ,, App ');

	it('takes IDs, names and types with commas', () => {
		expect(skipped).toEqual(['61006bc89a3e0b702ed8ea49', 'n8n sync', 'app']);
		for (const empty of ['', ' , ', undefined, null]) expect(actorsIn(empty)).toEqual([]);
	});

	it.each([
		{ id: '61006bc89a3e0b702ed8ea49', type: 'user' },
		{ _id: '61006BC89A3E0B702ED8EA49' },
		{ id: 'x', name: 'N8N Sync' },
		{ type: 'app' },
		'61006bc89a3e0b702ed8ea49',
	])('knows one of them by any of these: %j', (actor) => {
		expect(isSkippedActor(actor, skipped)).toBe(true);
		expect(isSkippedActor(actor, [])).toBe(false);
	});

	it.each([undefined, null, '', {}, { id: '' }, { id: 'x', type: 'user' }, ['app'], 5, '<<actor._id>>'])(
		'lets a call through whose actor is another, or nobody: %j',
		(actor) => {
			expect(isSkippedActor(actor, skipped)).toBe(false);
		},
	);
});
