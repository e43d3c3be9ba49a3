import { createRequire } from 'node:module';
import { world } from '../world.mjs';

// The other build of it cannot be imported as it is.
const { NodeHelpers } = createRequire(import.meta.url)('n8n-workflow');

/** What the field mapper keeps for itself: its columns, and how it takes and treats values. */
const bookkeeping = new Set([
	'schema',
	'mappingMode',
	'matchingColumns',
	'attemptToConvertTypes',
	'convertFieldsToString',
]);

/** The description of a node as n8n gives it to the editor. */
export async function descriptionOf(type) {
	const types = await world.n8n.request('GET', '/types/nodes.json');
	return types.find(({ name }) => name === type);
}

/** Every value within parameters, by its path. Blank ones are none. */
function valuesIn(parameters, path = '') {
	if (typeof parameters !== 'object' || parameters === null)
		return parameters === null || parameters === undefined || parameters === '' ? [] : [[path, parameters]];
	return Object.entries(parameters)
		.filter(([name]) => path !== '.fields' || !bookkeeping.has(name))
		.flatMap(([name, value]) => valuesIn(value, `${path}.${name}`));
}

/**
 * The values in the parameters of a node that are neither what somebody gave nor the default of a parameter.
 *
 * @param {import('n8n-workflow').INodeTypeDescription} description
 * @param {Record<string, any>} parameters As n8n stores them.
 * @param {Record<string, any>} given
 * @returns {string[]}
 */
export function valuesNobodyGave(description, parameters, given) {
	const node = { typeVersion: 1, parameters: given };
	const usual = NodeHelpers.getNodeParameters(description.properties, given, true, false, node, description);
	const known = new Map(valuesIn(usual));
	return valuesIn(parameters).flatMap(([path, value]) => (known.get(path) === value ? [] : [`${path} = ${value}`]));
}
