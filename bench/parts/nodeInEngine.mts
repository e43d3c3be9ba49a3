import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import type { BenchWork } from './works.mts';

const userFolder = mkdtempSync(join(tmpdir(), 'n8n-nodes-planhat-'));
process.once('exit', () => rmSync(userFolder, { recursive: true, force: true }));
process.env.N8N_USER_FOLDER = userFolder;
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
createRequire(import.meta.url)('reflect-metadata');

const { runPlanhat, changePlanhat } = await import('../../test/engine/harness.mts');

/**
 * Runs the node in n8n's engine; `around` is put around its own function, without what the engine does before and after.
 * `from` has the functions, where they are not those of today's node.
 */
export async function runWork(
	{ parameters, rows, row }: BenchWork,
	address: string,
	items: INodeExecutionData[],
	around: (own: () => Promise<void>) => Promise<void>,
	from?: INodeType['customOperations'],
): Promise<void> {
	const [resource, operation] = [String(parameters.resource), String(parameters.operation)];
	changePlanhat((type) => {
		const operations = (from ?? type.customOperations)?.[resource];
		const own = operations?.[operation];
		if (own === undefined) throw new Error('There is no such operation');
		const measured = async function (this: IExecuteFunctions) {
			let result: Awaited<ReturnType<typeof own>> = null;
			await around(async () => {
				result = await own.call(this);
			});
			return result;
		};
		// All nodes share their operations: changed in place, each run would go through what was put around those before.
		type.customOperations = { ...type.customOperations, [resource]: { ...operations, [operation]: measured } };
	});
	const credentials = {
		...{ baseUrl: address, analyticsUrl: address, apiToken: 'token', tenantToken: 'tenant' },
		callsPerMinute: 0,
	};
	const { output, error } = await runPlanhat({ parameters, credentials, ...(row && { items }) });
	if (error !== undefined) throw error;
	const expected = parameters.operation === 'insert' ? 1 : rows;
	if (output.length !== expected) throw new Error(`${output.length} items came out`);
}
