import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputOf } from '../../../scripts/lib/n8nClient.mjs';
import { world } from '../../world.mjs';
import { imported, run } from './shop.mjs';

const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

export async function onMonday() {
	const { planhat } = world;
	const [mia, zoe] = planhat.insert('users', [
		{ email: 'mia@example.com', firstName: 'Mia', lastName: 'Berg' },
		{ email: 'zoe@example.com' },
	]);
	planhat.insert('companies', [
		{ name: 'Late', owner: mia._id, renewalDate: day(29), renewalArr: 1200 },
		{ name: 'Early', owner: mia._id, renewalDate: day(3), renewalArr: 24_000.4 },
		{ name: 'Hers', owner: zoe._id, renewalDate: day(10), renewalArr: 500 },
		{ name: 'Nobody’s', renewalDate: day(11) },
		{ name: 'Over', owner: mia._id, renewalDate: day(-5), renewalArr: 1 },
		{ name: 'Far', owner: mia._id, renewalDate: day(40), renewalArr: 1 },
		{ name: 'Without', owner: mia._id },
	]);
	const execution = await run(await imported('weekly-renewals-by-owner'));
	const sent = outputOf(execution, 'Send it');
	assert.equal(sent.length, 1);
	const blocks = sent[0].message.split('\n\n');
	const on = (days) => day(days).slice(0, 10);
	assert.deepEqual(blocks.slice(1).sort(), [
		`Mia Berg (25,200)\n- ${on(3)} Early: 24,000\n- ${on(29)} Late: 1,200`,
		`No owner (0)\n- ${on(11)} Nobody’s: 0`,
		`zoe@example.com (500)\n- ${on(10)} Hers: 500`,
	]);
	assert.ok(planhat.requests.every(({ method }) => method === 'GET'));
}

export function renewals() {
	test('the renewals of a month become one message, by owner, and nothing is written to Planhat', onMonday);
}
