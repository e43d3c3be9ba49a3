import { readFileSync, writeFileSync } from 'node:fs';
import { assumptionsPage, outcomeTable, type Assumption } from './check/assumptions.mts';
import { Unsafe } from './check/ownRecords.mts';
import { checkPlanhat, cleanUp, type Report, type Wanted } from './check/run.mts';

const help = `Asks a Planhat whether what this package assumes about it holds: docs/assumptions.md.

Usage: npm run check:planhat [-- --write | --clean]

  PLANHAT_API_TOKEN      token of a Private App; required
  PLANHAT_BASE_URL       such as https://api-us2.planhat.com; default https://api.planhat.com
  PLANHAT_TENANT_TOKEN   for what metrics and activities are answered with, with --write
  PLANHAT_ANALYTICS_URL  default https://analytics.planhat.com
  PLANHAT_LIMITED_TOKEN  another token, which may not write assets, with --write

Without an option it only reads, with at most 120 calls. The token needs the right to read companies, end users,
conversations and custom fields; of other models it compares what the token may read.
  --write   also makes a company of its own, assets, tickets and time entries of that company, and a custom field, changes
            them and deletes all again, with at most 240 calls. It needs the rights to create, update and delete companies
            and assets; without those for tickets, end users, time entries and custom fields it skips what they are for.
            With a tenant token it posts a metric value and an activity that belong to nobody.
  --clean   deletes what a run with --write that was cut off has left: planhat-check-journal.jsonl names it.

It writes planhat-report.json, which holds no values of your Planhat.
`;

const reportFile = 'planhat-report.json';
const say = (line: string) => void process.stdout.write(`${line}\n`);
const assumptions = JSON.parse(readFileSync('test/facts/assumptions.json', 'utf8')) as Assumption[];

function settings(options: readonly string[]): Wanted | undefined {
	const apiToken = process.env['PLANHAT_API_TOKEN']?.trim() ?? '';
	if (apiToken === '' || options.some((option) => !['--write', '--clean'].includes(option))) return undefined;
	const read = (name: string) => process.env[name]?.trim() ?? '';
	const write = options.includes('--write');
	return {
		apiToken,
		tenantToken: read('PLANHAT_TENANT_TOKEN'),
		limitedToken: read('PLANHAT_LIMITED_TOKEN'),
		baseUrl: read('PLANHAT_BASE_URL'),
		analyticsUrl: read('PLANHAT_ANALYTICS_URL'),
		mostCalls: write ? 240 : 120,
		write,
		journalFile: 'planhat-check-journal.jsonl',
		say,
	};
}

function conclude({ results, left, ...rest }: Report): void {
	say(
		`\n${outcomeTable([['Assumption', 'Outcome', ''], ...results.map(({ id, outcome, why = '' }) => [id, outcome, why])])}`,
	);
	const different = assumptions.filter(({ id }) =>
		results.some((result) => result.id === id && result.outcome === 'differs'),
	);
	say(different.length === 0 ? '\nNothing differs.' : '\nWhat differs, and what it means for workflows:');
	for (const { id, otherwise, lost } of different)
		say(`- ${id}: ${otherwise}${lost ? ' Something may get lost.' : ''}`);
	const versions = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string; bugs: { url: string } };
	const report = { package: versions.version, node: process.version, ...rest, results };
	writeFileSync(reportFile, `${JSON.stringify(report, null, '\t')}\n`);
	say(`\n${reportFile} is written. Please look at it, and send it to ${versions.bugs.url}.`);
	if (left === undefined) return;
	say(`\nSomething of ours is left: ${left} Run npm run check:planhat -- --clean.`);
	process.exitCode = 1;
}

const options = process.argv.slice(2);
if (options[0] === '--page') {
	writeFileSync('docs/assumptions.md', assumptionsPage(assumptions));
} else {
	const wanted = settings(options);
	try {
		if (wanted === undefined) {
			process.stderr.write(help);
			process.exitCode = 2;
		} else if (options.includes('--clean')) say(`${await cleanUp(wanted)} records deleted.`);
		else conclude(await checkPlanhat(assumptions, wanted));
	} catch (error) {
		// Other errors than our own may hold words of Planhat's or an address.
		const words = error instanceof Unsafe ? error.message : 'The check could not be run: look at token and address.';
		process.stderr.write(`${words}\n`);
		process.exitCode = 1;
	}
}
