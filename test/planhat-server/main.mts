import { parseArgs } from 'node:util';
import { fillWithSampleData } from './dataset.mts';
import { startPlanhatServer } from './index.mts';

const usage = `A test double of Planhat on 127.0.0.1, with a made-up data set.

Usage: tsx test/planhat-server/main.mts [options]

  --port <number>             port of the API (default: any free port)
  --analytics-port <number>   port of the analytics host (default: the next after --port, or any free port)
  --companies <number>        size of the data set (default: 0, an empty server)
  --api-token <text>          token that the API accepts
  --tenant-token <text>       token that the analytics host accepts
  --calls-per-minute <number> answer 429 above this (default: no quota)
  --help                      show this text

Prints one line of JSON with the addresses and tokens when ready, and runs until it is interrupted.
`;

function readArguments() {
	const text = { type: 'string' } as const;
	const { values } = parseArgs({
		options: {
			port: text,
			'analytics-port': text,
			companies: text,
			'api-token': text,
			'tenant-token': text,
			'calls-per-minute': text,
			help: { type: 'boolean' },
		},
	});
	return values;
}

function numberOf(name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	if (!/^\d+$/.test(text)) throw new TypeError(`--${name} wants a whole number, not "${text}"`);
	return Number(text);
}

async function run(values: ReturnType<typeof readArguments>): Promise<void> {
	const port = numberOf('port', values.port) ?? 0;
	const nextPort = port === 0 ? 0 : port + 1;
	const companies = numberOf('companies', values.companies) ?? 0;
	const callsPerMinute = numberOf('calls-per-minute', values['calls-per-minute']);
	const server = await startPlanhatServer({
		port,
		analyticsPort: numberOf('analytics-port', values['analytics-port']) ?? nextPort,
		...(values['api-token'] === undefined ? {} : { apiToken: values['api-token'] }),
		...(values['tenant-token'] === undefined ? {} : { tenantToken: values['tenant-token'] }),
		...(callsPerMinute === undefined ? {} : { quota: { callsPerMinute } }),
	});
	const counts = companies === 0 ? {} : fillWithSampleData(server, { companies });
	const { baseUrl, analyticsUrl, apiToken, tenantToken } = server;
	console.log(JSON.stringify({ baseUrl, analyticsUrl, apiToken, tenantToken, records: counts }));
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
}

async function main(): Promise<void> {
	try {
		const values = readArguments();
		if (values.help === true) process.stdout.write(usage);
		else await run(values);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const isMisuse = error instanceof TypeError;
		process.stderr.write(isMisuse ? `${message}\n\n${usage}` : `${message}\n`);
		process.exitCode = isMisuse ? 2 : 1;
	}
}

void main();
