import assert from 'node:assert/strict';
import { table } from '../../scripts/lib/table.mjs';
import { valuesNobodyGave } from './stored.mjs';

/** How a form comes to be on the screen. */
const ways = ['new node', 'operation', 'resource', 'add all', 'refresh', 'reload', 'stored'];

/** The ways in which it is drawn anew, with the required fields and the keys alone. */
const anew = ['new node', 'operation', 'resource'];

/**
 * The table "way of opening × model × operation": how many values are stored that nobody gave.
 *
 * @param {import('n8n-workflow').INodeTypeDescription} description
 */
export function createTable(description) {
	const rows = new Map();
	const surplus = [];
	return {
		/** Looks at the parameters of a node after its form was opened in one of the ways. */
		note(way, parameters) {
			// n8n saves no default.
			const { resource = 'company', operation, fields } = parameters;
			const form = `${resource} ${operation}`;
			const values = valuesNobodyGave(description, parameters, { resource, operation });
			const shown = fields.schema.filter(({ removed, required }) => !removed && !required).map(({ id }) => id);
			rows.set(form, { ...rows.get(form), form, [way]: values.length });
			surplus.push(...values.map((value) => `${form}, ${way}: stores ${value}`));
			if (anew.includes(way)) surplus.push(...shown.map((id) => `${form}, ${way}: shows ${id}`));
		},
		/** Prints the table, and fails where a form was not opened or where something is in it that nobody gave. */
		check(context, forms) {
			for (const line of table(['form', ...ways], [...rows.values()]).split('\n')) context.diagnostic(line);
			assert.deepEqual(surplus, []);
			assert.deepEqual([...rows.keys()].sort(), [...forms].sort());
		},
	};
}
