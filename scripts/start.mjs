// The one command of a fresh checkout. Before the first step has installed something, only what Node itself brings
// may be imported, here and in ./lib.

import { setTimeout as wait } from 'node:timers/promises';
import { buildAndPack, installWhatIsMissing } from './lib/checkout.mjs';
import { help, readCommandLine } from './lib/commandLine.mjs';
import { describeError, StartError, withoutSecrets } from './lib/errors.mjs';
import { examplesToRun, importExamples, runExample } from './lib/examples.mjs';
import { startN8n } from './lib/n8nServer.mjs';
import { startPlanhatServer } from './lib/planhatServer.mjs';
import { planhatCredential, requireNodeType, webhookCredential } from './lib/planhatInN8n.mjs';
import { stopEverything } from './lib/processes.mjs';
import { createProgress } from './lib/progress.mjs';
import { describeEditor, describeRun } from './lib/report.mjs';

const oldestNode = 20;
const totalMinutes = 40;

const secrets = [process.env.PLANHAT_API_TOKEN?.trim()];
const print = (text) => console.log(withoutSecrets(text, secrets));
const progress = createProgress({ write: print });
const cleanUps = [];
let open = false;
let interruptedAt;

/** Everything from the checkout to the open editor. */
async function main() {
	const wanted = readCommandLine(process.argv.slice(2), process.env);
	if (wanted.help) return print(help);
	// It is read; no process started from here needs to see it.
	delete process.env.PLANHAT_API_TOKEN;
	requireNode();
	if (wanted.once) limitTime();

	await installWhatIsMissing(progress);
	const packed = await buildAndPack(progress);
	cleanUps.push(packed.remove);

	const double = wanted.apiToken ? undefined : await startDouble();
	const n8n = await startN8n({ tarball: packed.tarball, progress });
	cleanUps.push(n8n.stop);

	await requireNodeType(n8n);
	const credential = await n8n.createCredential(planhatCredential({ ...wanted, double }));
	const webhook = await n8n.createCredential(webhookCredential());
	const examples = await importExamples(n8n, [credential, webhook]);
	const results = await runExamples(n8n, examples, double);
	const faults = [
		...results.flatMap(({ name, faults: found }) => found.map((fault) => `"${name}": ${fault}`)),
		...(double ? await faultsOfDouble(double, results) : []),
	];
	if (faults.length > 0) process.exitCode = 1;

	sumUp(faults);
	if (wanted.once) return;
	print(
		describeEditor(
			n8n,
			examples.map(({ workflow }) => workflow.name),
		),
	);
	open = true;
	await n8n.ended;
	if (interruptedAt === undefined) {
		throw new StartError('n8n has ended by itself.', 'Start again.', {
			details: n8n.logLines(),
		});
	}
}

async function startDouble() {
	const double = await progress.step('Starting the stand-in for Planhat', async () => await startPlanhatServer());
	cleanUps.push(double.stop);
	return double;
}

async function runExamples(n8n, examples, double) {
	const results = [];
	for (const example of examplesToRun(examples, { onlyReading: !double })) {
		progress.say(`Running "${example.workflow.name}"`);
		const result = await runExample(n8n, example, { double });
		print(describeRun(result));
		results.push(result);
	}
	return results;
}

/** Examples delete what they create, unless they say what they leave: the double itself is asked whether that is so. */
async function faultsOfDouble(double, results) {
	const left = results.flatMap(({ name, leaves }) => (leaves ? [{ name, ...leaves }] : []));
	const found = await Promise.all(left.map(async ({ prefix }) => await double.countCompanies(prefix)));
	const others = (await double.countCompanies()) - found.reduce((sum, count) => sum + count, 0);
	const checks = [
		{ what: 'companies of its own', asMany: 'as before', count: others, wanted: double.companies },
		...left.map(({ name, companies }, place) => ({
			what: `companies of "${name}"`,
			asMany: 'as it is to leave',
			count: found[place],
			wanted: companies,
		})),
	];
	print('\n  The stand-in for Planhat itself was asked. It holds');
	for (const { what, asMany, count, wanted } of checks)
		print(`  - ${count} ${what}, as many ${asMany}: ${count === wanted ? 'yes' : 'no'}`);
	return checks
		.filter(({ count, wanted }) => count !== wanted)
		.map(({ what, count, wanted }) => `the stand-in holds ${count} ${what} instead of ${wanted}`);
}

function sumUp(faults) {
	print(
		faults.length === 0
			? '\nAll went as it should.'
			: `\nSomething was wrong:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
	);
}

function requireNode() {
	if (Number(process.versions.node.split('.')[0]) >= oldestNode) return;
	throw new StartError(
		`This is Node ${process.versions.node}; Node ${oldestNode} or newer is needed.`,
		'Install a current Node from nodejs.org and start again.',
	);
}

function limitTime() {
	const timer = setTimeout(() => {
		print(`\nNot finished after ${totalMinutes} minutes: given up.`);
		void endAll(1);
	}, totalMinutes * 60_000);
	timer.unref();
}

async function cleanUp() {
	while (cleanUps.length > 0) {
		try {
			await cleanUps.pop()();
		} catch (error) {
			print(describeError(error, secrets));
		}
	}
	await stopEverything(2_000);
}

/** Ends what was started, gives steps under way a moment to tidy up after themselves, and leaves. */
async function endAll(exitCode) {
	interruptedAt ??= Date.now();
	await cleanUp();
	await Promise.race([finished, wait(10_000)]);
	await cleanUp();
	process.exit(exitCode);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		if (interruptedAt === undefined) {
			print('\nEnding everything that was started …');
			void endAll(open ? Number(process.exitCode ?? 0) : 130);
		} else if (Date.now() - interruptedAt > 1_000) {
			// Who asks twice does not want to wait; what is left ends together with this process. Within a second it is
			// the same Ctrl-C: the terminal sends it to us, and npm hands it on.
			process.exit(130);
		}
	});
}

const finished = main().catch((error) => {
	if (interruptedAt !== undefined) return;
	process.exitCode = 1;
	console.error(`\n${describeError(error, secrets)}`);
});
await finished;
if (interruptedAt === undefined) {
	await cleanUp();
	process.exit();
}
