// n8n in queue mode, with PostgreSQL, Redis, two workers and a webhook process: `npm run test:queue`. All share one quota of a
// Planhat whose minute is short. With `--short` less of it, in about two minutes; names of scenes run these alone. Ends with 1
// when something is not as it should be, and with 2 where PostgreSQL and Redis are missing and cannot be installed.

import { MissingServices } from '../scripts/lib/debianServices.mjs';
import { table } from '../scripts/lib/table.mjs';
import { changedSecret, manyDeliveries } from './queue/calls.mjs';
import { cancelled, endedWorker, killedExample, stoppedInVain, timedOut } from './queue/interruptions.mjs';
import { manyCreates, manyRows, queueBars } from './queue/scenes.mjs';
import { startStack } from './queue/stack.mjs';
import { closeWorld, limitTime, world } from './world.mjs';

const short = process.argv.includes('--short');
const quota = 200;

limitTime(short ? 10 : 30);

const results = [];

async function scene(name, work) {
	world.planhat.reset();
	const since = performance.now();
	let found;
	try {
		const result = await work();
		found = typeof result === 'string' ? { text: result } : result;
		// In the short form most of the time is that in which the workers find out what each may use.
		const isMissed = short
			? found.used < queueBars.usedInShort
			: found.used < queueBars.used || found.refused > queueBars.refused;
		found = { isGood: !isMissed, ...found };
	} catch (error) {
		found = { isGood: false, text: error.message };
	}
	const seconds = Math.round((performance.now() - since) / 1_000);
	results.push({ Scene: name, Seen: found.text, Seconds: seconds, '': found.isGood ? 'good' : 'NOT GOOD' });
	console.log(`${name}: ${found.text} (${seconds} s)${found.isGood ? '' : ' NOT GOOD'}`);
}

const amounts = short
	? { rows: { executions: 4, rows: 12_000 }, creates: { executions: 8, rows: 75 }, deliveries: { count: 50 } }
	: { rows: { executions: 20, rows: 12_000 }, creates: { executions: 20, rows: 100 }, deliveries: { count: 1_000 } };

const scenes = {
	rows: ['Create or Update', async (stack) => await manyRows(stack, amounts.rows)],
	creates: ['Single creates', async (stack) => await manyCreates(stack, { ...amounts.creates, quota })],
	cancel: ['A batch that main has started is stopped', cancelled],
	inVain: ['A batch that a webhook process has started is stopped', stoppedInVain],
	timeout: ['A batch that runs out of time', timedOut],
	secret: ['A changed secret', changedSecret],
	deliveries: ['Deliveries', async (stack) => await manyDeliveries(stack, amounts.deliveries)],
	example: ['A worker killed in the middle of the example', killedExample],
	killed: ['A killed worker', async (stack) => await endedWorker(stack, { signal: 'SIGKILL', rows: 20_000 })],
	deployed: [
		'A worker that is told to end',
		async (stack) => await endedWorker(stack, { signal: 'SIGTERM', rows: 20_000 }),
	],
};

const named = process.argv.slice(2).filter((name) => name !== '--short');
const inShort = ['rows', 'creates', 'cancel', 'deliveries'];
const wanted = named.length > 0 ? named : short ? inShort : Object.keys(scenes);

const stack = await startStack({ quota }).catch((error) => {
	if (!(error instanceof MissingServices)) throw error;
	console.error(error.message);
	process.exit(2);
});
try {
	for (const name of wanted) await scene(scenes[name][0], async () => await scenes[name][1](stack));
} finally {
	await stack.stop();
}
console.log(`\n${table(['Scene', 'Seen', 'Seconds', ''], results, 400)}`);
setTimeout(() => process.exit(), 5_000).unref();
await closeWorld();
process.exit(results.every((one) => one[''] === 'good') ? 0 : 1);
