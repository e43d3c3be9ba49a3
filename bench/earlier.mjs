// Measures this package beside an earlier commit of it, in pairs within one run, and writes EARLIER.md:
// `npm run bench:earlier`, or `npm run bench:earlier -- <commit>`.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkoutFolder } from '../scripts/lib/checkout.mjs';
import { runToEnd } from '../scripts/lib/processes.mjs';
import { inTurns } from './lib/measure.mjs';
import { startRecorder } from './lib/recording.mjs';
import { earlierPage } from './lib/results.mjs';

/** The last commit before the work on speed began. */
const [commit = '5f5993c2'] = process.argv.slice(2);
const rounds = 9;
const works = [
	{ id: 'insert', work: 'Metric Insert with a date each, 200,000 rows', companies: 0 },
	{ id: 'upsert', work: 'Create or Update, 100,000 rows', companies: 0 },
	{ id: 'getAll', work: 'Get Many, 100,000 rows', companies: 100_000 },
];

async function end(command, parameters, cwd) {
	const { succeeded, output, reason } = await runToEnd(command, parameters, { cwd });
	if (!succeeded) throw new Error(`${command} ${parameters.join(' ')} failed (${reason}).\n${output}`);
}

/** A process that keeps one node loaded and warm; each call gives the figures of one round. */
async function startNode(folder, id, address) {
	const file = fileURLToPath(new URL('parts/earlier.mts', import.meta.url));
	const child = fork(file, [folder, id, address], { execArgv: ['--import', 'tsx'] });
	const ended = once(child, 'exit').then(([code]) => {
		throw new Error(`The node of ${folder} ended with ${code}`);
	});
	ended.catch(() => {});
	await Promise.race([once(child, 'message'), ended]);
	const round = async () => {
		child.send('go');
		const [figures] = await Promise.race([once(child, 'message'), ended]);
		return figures;
	};
	return { round, stop: () => child.kill() };
}

async function compare(earlier, { id, work, companies }) {
	const { address, stop } = await startRecorder(companies);
	const nodes = [await startNode(checkoutFolder, id, address), await startNode(earlier, id, address)];
	try {
		const [ours, theirs] = nodes;
		// The first rounds make things warm.
		await inTurns(2, ours.round, theirs.round);
		const measured = await inTurns(rounds, ours.round, theirs.round);
		return ['wall', 'cpu', 'block'].map((figure) => ({
			...{ id: `earlier/${id}/${figure}`, work, figure, unit: 'ms' },
			ours: measured.ours.map((one) => one[figure]),
			theirs: measured.theirs.map((one) => one[figure]),
		}));
	} finally {
		for (const node of nodes) node.stop();
		stop();
	}
}

const folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-planhat-earlier-'));
const earlier = join(folder, 'checkout');
try {
	const [load = 0] = loadavg();
	await end('git', ['worktree', 'add', '--detach', earlier, commit], checkoutFolder);
	await symlink(join(checkoutFolder, 'node_modules'), join(earlier, 'node_modules'), 'junction');
	await end(process.execPath, ['node_modules/typescript/bin/tsc'], earlier);
	const lines = [];
	for (const work of works) lines.push(...(await compare(earlier, work)));
	const page = await earlierPage(lines, { commit, load });
	await writeFile(fileURLToPath(new URL('EARLIER.md', import.meta.url)), page);
	console.log(page);
} finally {
	await runToEnd('git', ['worktree', 'remove', '--force', earlier], { cwd: checkoutFolder });
	await rm(folder, { recursive: true, force: true });
}
