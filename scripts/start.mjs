// The one command of a fresh checkout. Before the first step has installed something, only what Node itself brings
// may be imported, here and in ./lib.

import { setTimeout as wait } from 'node:timers/promises';
import { buildAndPack, installWhatIsMissing } from './lib/checkout.mjs';
import { help, readCommandLine } from './lib/commandLine.mjs';
import { describeError, stackOf, StartError, withoutSecrets } from './lib/errors.mjs';
import { examplesToRun, importExamples, runExample } from './lib/examples.mjs';
import { countLeftBehind, describeLeftBehind, faultsOfLeftBehind } from './lib/leftBehind.mjs';
import { startN8n } from './lib/n8nServer.mjs';
import { startStandIn } from './lib/planhatServer.mjs';
import { planhatCredential, requireNodeType, webhookCredential } from './lib/planhatInN8n.mjs';
import { claimPort } from './lib/ports.mjs';
import { keepOutput, stopEverything } from './lib/processes.mjs';
import { createProgress } from './lib/progress.mjs';
import { describeEditor, describeRun } from './lib/report.mjs';
import { useRunningN8n } from './lib/runningN8n.mjs';
import { createScreen } from './lib/screen.mjs';
import { openStartLog } from './lib/startLog.mjs';

const oldestNode = 20;
const totalMinutes = 40;

/** Where n8n is found when nobody else is there: the same at each start. */
const usualPort = 14_678;

const secrets = [process.env.PLANHAT_API_TOKEN?.trim(), process.env.N8N_PASSWORD];
const hide = (text) => withoutSecrets(text, secrets);
const screen = createScreen({ keep: (line) => log?.write(line), hide });
const { print } = screen;
const progress = createProgress({ screen });

const cleanUps = [];
let log;
let open = false;
let failed = false;
let interruptedAt;

/** Everything from the checkout to the open editor. */
async function main() {
	requireNode();
	const wanted = readCommandLine(process.argv.slice(2), process.env);
	if (wanted.help) return print(help);
	log = openStartLog({ hide });
	keepOutput(log.write);
	// It is read; no process started from here needs to see it.
	delete process.env.PLANHAT_API_TOKEN;
	delete process.env.N8N_PASSWORD;
	if (wanted.once) limitTime();

	await installWhatIsMissing(progress);
	const double = wanted.apiToken ? undefined : await startDouble();
	const n8n = wanted.n8n ? await useRunningN8n(wanted.n8n) : await startOwnN8n();
	cleanUps.push(n8n.stop);

	await requireNodeType(n8n);
	const credential = await n8n.createCredential(planhatCredential({ ...wanted, double }));
	const webhook = await n8n.createCredential(webhookCredential());
	const examples = await importExamples(n8n, [credential, webhook]);
	const results = await runExamples(n8n, examples, double);
	requireNoFaults([
		...results.flatMap(({ name, faults: found }) => found.map((fault) => `"${name}": ${fault}`)),
		...(double ? await faultsOfDouble(double, results) : []),
	]);
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

async function startOwnN8n() {
	const packed = await buildAndPack(progress);
	cleanUps.push(packed.remove);
	return await startN8n({ tarball: packed.tarball, port: await claimPort(usualPort), progress });
}

async function startDouble() {
	const double = await progress.step('Starting the test server for Planhat', async () => await startStandIn());
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

async function faultsOfDouble(double, results) {
	const counts = countLeftBehind(await double.externalIds(), results, double.companies);
	print(describeLeftBehind(counts));
	return faultsOfLeftBehind(counts);
}

/** A fault is a failed start too, but n8n may be looked at all the same. */
function requireNoFaults(faults) {
	if (faults.length === 0) return print('\nAll went as it should.');
	fail(
		new StartError(
			'Something was wrong with the examples.',
			'Start again; if the same is wrong again, please report it, with the log file.',
			{ details: faults.map((fault) => `- ${fault}`).join('\n') },
		),
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
		fail(
			new StartError(
				`Not finished after ${totalMinutes} minutes: given up.`,
				'Look at what took so long, close other programs, and start again.',
			),
		);
		void endAll(1);
	}, totalMinutes * 60_000);
	timer.unref();
}

/** Says what went wrong, what to do and where the log is, which is kept from now on. */
function fail(error) {
	process.exitCode = 1;
	failed = true;
	log?.write(stackOf(error));
	screen.printError(`\n${describeError(error)}`);
	if (log?.file !== undefined) screen.printError(`Log file: ${log.file}`);
}

async function cleanUp() {
	while (cleanUps.length > 0) {
		try {
			await cleanUps.pop()();
		} catch (error) {
			fail(error);
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

process.once('uncaughtException', (error) => {
	fail(error);
	void endAll(1);
});

process.once('exit', () => {
	if (!failed) log?.remove();
});

const finished = main().catch((error) => {
	if (interruptedAt === undefined) fail(error);
});
await finished;
if (interruptedAt === undefined) {
	await cleanUp();
	process.exit();
}
