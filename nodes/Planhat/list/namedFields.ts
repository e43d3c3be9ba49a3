import type { ItemRun } from '../run/context';
import { speaksToModel } from '../run/parameters';
import { trimmed } from '../values/checks';
import { readListText } from '../values/listText';
import { knownField, unknownFieldText } from './conditions/fields';

/** A model names the fields that it wants in a text, as it was shown them or as people call them. */
function namesIn(given: unknown): string[] {
	if (typeof given !== 'string') return [];
	const names: unknown[] = readListText(trimmed(given)) ?? [given];
	return names.map((name) => trimmed(String(name))).filter((name) => name !== '');
}

/**
 * The fields that a model wants to see, by their own names: a name that is that of none would come back as if it held nothing.
 * @returns the same item where the node is no tool, and what to say of names that are those of no field
 */
export async function withNamedFields(item: ItemRun): Promise<{ item: ItemRun; unknown: string[] }> {
	const isChosen = speaksToModel(item.node) && item.parameter('output', '') === 'selected';
	const asked = isChosen ? namesIn(item.parameter('outputFields', [])) : [];
	const names: string[] = [];
	const unknown: string[] = [];
	for (const name of asked) {
		const { path = undefined } = (await knownField(item, name)) ?? {};
		const { customFields, customFieldReason } = item.tenant;
		if (path !== undefined) names.push(path);
		else if (customFieldReason !== undefined) names.push(name);
		else unknown.push(`${unknownFieldText(item.model, customFields, name)}.`);
	}
	if (asked.length === 0) return { item, unknown };
	const fields = names.join(',');
	const parameter: ItemRun['parameter'] = (name, fallback) =>
		name === 'outputFields' ? fields : item.parameter(name, fallback);
	return { item: { ...item, parameter }, unknown };
}
