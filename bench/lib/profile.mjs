import { Session } from 'node:inspector/promises';

/**
 * Where the time of a piece of work goes, in milliseconds, by whose code ran or had called what ran.
 *
 * @typedef {{ ours: number, n8n: number, node: number, garbage: number, idle: number }} Shares `idle`: nothing ran, such as
 *   while the server worked; `node`: Node itself, the network first of all.
 */

/**
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Shares>}
 */
export async function profileOf(work) {
	const session = new Session();
	session.connect();
	await session.post('Profiler.enable');
	await session.post('Profiler.start');
	await work();
	const { profile } = await session.post('Profiler.stop');
	session.disconnect();
	return sharesOf(profile);
}

const special = new Map([
	['(garbage collector)', 'garbage'],
	['(idle)', 'idle'],
]);

function sharesOf({ nodes, samples, timeDeltas }) {
	const known = new Map(nodes.map((node) => [node.id, { frame: node.callFrame }]));
	for (const { id, children = [] } of nodes) for (const child of children) known.get(child).parent = known.get(id);
	const shares = { ours: 0, n8n: 0, node: 0, garbage: 0, idle: 0 };
	for (const [place, id] of samples.entries()) {
		const owner = ownerOf(known.get(id));
		if (owner !== undefined) shares[owner] += timeDeltas[place] / 1_000;
	}
	return shares;
}

/** What JavaScript has built in, and Node, belongs to the file that called it; what the profiler itself takes, to nobody. */
function ownerOf(node) {
	const at = special.get(node.frame.functionName);
	if (at !== undefined) return at;
	for (let caller = node; caller !== undefined; caller = caller.parent) {
		const { url } = caller.frame;
		if (url.startsWith('node:inspector')) return undefined;
		if (/\/dist\/(nodes|credentials)\/Planhat/.test(url)) return 'ours';
		if (url !== '' && !url.startsWith('node:')) return 'n8n';
	}
	return 'node';
}
