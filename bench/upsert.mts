import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { memoryUsage } from 'node:process';
import type { ICredentialDataDecryptedObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

process.env.N8N_USER_FOLDER = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-'));
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
createRequire(import.meta.url)('reflect-metadata');

const { runPlanhat, changePlanhat } = await import('../test/engine/harness.mts');

/**
 * How much time of its own Create or Update takes for each row, with automatic mapping, against the test double in a
 * process of its own: the time of the node's run less that of its requests. Run it with `npm run bench`.
 */
const rows = Number(process.argv[2] ?? 100_000);

async function startPlanhat(): Promise<{ credentials: ICredentialDataDecryptedObject; stop(): void }> {
	const child = spawn(
		process.execPath,
		['--import', 'tsx', 'test/planhat-server/main.mts', '--companies', '1', '--port', '0'],
		{
			stdio: ['ignore', 'pipe', 'inherit'],
		},
	);
	for await (const line of createInterface({ input: child.stdout })) {
		const { baseUrl, apiToken } = JSON.parse(line) as { baseUrl: string; apiToken: string };
		return { credentials: { baseUrl, apiToken, callsPerMinute: 0 }, stop: () => child.kill() };
	}
	throw new Error('The test double has not started');
}

/** Takes the time of a run and of its requests, and the longest time in which the event loop was held. */
function watch() {
	const seen = { run: 0, requests: 0, count: 0, longestBlock: 0, heap: 0 };
	changePlanhat((type) => {
		const { upsert } = type.customOperations?.company ?? {};
		if (upsert === undefined || type.customOperations?.company === undefined) throw new Error('There is no upsert');
		type.customOperations.company.upsert = async function (this: IExecuteFunctions) {
			const send = this.helpers.httpRequestWithAuthentication;
			const helpers = {
				...this.helpers,
				async httpRequestWithAuthentication(this: never, ...request: Parameters<typeof send>) {
					const since = performance.now();
					seen.count += 1;
					try {
						return await send.call(this, ...request);
					} finally {
						seen.requests += performance.now() - since;
						globalThis.gc?.();
						seen.heap = Math.max(seen.heap, memoryUsage().heapUsed);
						last = performance.now();
					}
				},
			};
			let last = performance.now();
			const timer = setInterval(() => {
				seen.longestBlock = Math.max(seen.longestBlock, performance.now() - last);
				last = performance.now();
			}, 5);
			const since = performance.now();
			const result = await upsert.call(Object.create(this, { helpers: { value: helpers } }) as IExecuteFunctions);
			seen.run = performance.now() - since;
			clearInterval(timer);
			return result;
		};
	});
	return seen;
}

function inputItems(): INodeExecutionData[] {
	const description = 'x'.repeat(130);
	return Array.from({ length: rows }, (_, index) => ({
		json: { externalId: `c${index}`, name: `Company ${index}`, description },
	}));
}

const planhat = await startPlanhat();
const fields = { mappingMode: 'autoMapInputData', value: null };
const parameters = { resource: 'company', operation: 'upsert', specifyFields: 'map', fields } as never;
for (let round = 1; round <= 3; round += 1) {
	const items = inputItems();
	const before = memoryUsage().heapUsed;
	const seen = watch();
	const { output, error } = await runPlanhat({ parameters, credentials: planhat.credentials, items });
	if (error !== undefined || output.length !== rows) throw error ?? new Error(`${output.length} items came out`);
	const own = ((seen.run - seen.requests) * 1_000) / rows;
	console.log(
		`round ${round}: ${rows} rows, ${seen.count} requests of ${Math.round(seen.requests)} ms together, ` +
			`${own.toFixed(1)} µs of its own for each row, longest block ${Math.round(seen.longestBlock)} ms, ` +
			`heap at most ${Math.round((seen.heap - before) / 1_000_000)} MB above the input`,
	);
}
planhat.stop();
