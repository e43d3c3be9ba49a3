import { join } from 'node:path';
import { checkoutFolder } from '../../scripts/lib/checkout.mjs';
import { installN8n } from '../../scripts/lib/n8nInstall.mjs';
import { runToEnd } from '../../scripts/lib/processes.mjs';
import { inTurns } from '../lib/measure.mjs';

/**
 * What it costs n8n to know the node, beside its own HubSpot node: time to load and build it in a fresh process, and the
 * size of its description.
 *
 * @returns {Promise<import('../lib/measure.mjs').Comparison[]>}
 */
export async function loading() {
	const { nodeFile, n8nFile } = await installN8n({});
	const modules = join(n8nFile, '..', '..', '..');
	const load = (folder, file, name) => async () => {
		const script = `
const since = performance.now();
require(require.resolve('n8n-workflow', { paths: [process.argv[1]] }));
const n8n = performance.now();
const node = new (require(process.argv[2])[process.argv[3]])();
const newest = node.currentVersion ? node.getNodeType(node.currentVersion) : node;
const loaded = performance.now() - n8n;
console.log(JSON.stringify({ loaded, bytes: JSON.stringify(newest.description).length }));`;
		const { succeeded, output, reason } = await runToEnd(nodeFile, ['-e', script, folder, join(folder, file), name]);
		if (!succeeded) throw new Error(`${name} could not be loaded: ${reason} ${output}`);
		return JSON.parse(output.trim().split('\n').at(-1));
	};
	const planhat = load(checkoutFolder, 'dist/nodes/Planhat/Planhat.node.js', 'Planhat');
	const hubspot = load(join(modules, 'n8n-nodes-base'), 'dist/nodes/Hubspot/Hubspot.node.js', 'Hubspot');
	const beside = 'HubSpot node of n8n';
	const only = (measure, figure) => async () => (await measure())[figure];
	return [
		{
			...{ id: 'loading/time', work: 'Loading the node', unit: 'ms', beside },
			...(await inTurns(5, only(planhat, 'loaded'), only(hubspot, 'loaded'))),
		},
		{
			...{ id: 'loading/bytes', work: 'Description of the node', unit: 'bytes', beside },
			...(await inTurns(1, only(planhat, 'bytes'), only(hubspot, 'bytes'))),
		},
	];
}
