import type { IDisplayOptions, INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

import type { Choice } from '../run/choices';

type Selected = { resource: string; operation: string };

/** Whether a parameter may be shown with a resource and an operation, whatever else is chosen. */
function isShownWith({ show = {}, hide = {} }: IDisplayOptions = {}, selected: Selected): boolean {
	const selectors = Object.entries(selected).flatMap(([name, value]) => [
		{ name, value },
		{ name: `/${name}`, value },
	]);
	return selectors.every(({ name, value }) => show[name]?.includes(value) !== false && !hide[name]?.includes(value));
}

function isProperty(
	option: INodeProperties | INodePropertyOptions | INodePropertyCollection,
): option is INodeProperties {
	return 'type' in option;
}

function listed(options: INodeProperties['options']): Array<[string, string]> {
	return (options ?? []).flatMap((option) =>
		'value' in option && typeof option.value === 'string' ? [[option.value, option.name] as [string, string]] : [],
	);
}

/** Those of a parameter, or of a collection of them; a list that n8n fetches is open. */
function choicesIn(property: INodeProperties, selected: Selected, above = ''): Choice[] {
	if (!isShownWith(property.displayOptions, selected)) return [];
	const { name, displayName, type, typeOptions, options = [] } = property;
	const path = `${above}${name}`;
	if (type === 'options' && typeOptions?.loadOptionsMethod === undefined)
		return [{ path, displayName, options: new Map(listed(options)) }];
	if (type === 'collection')
		return options.filter(isProperty).flatMap((option) => choicesIn(option, selected, `${path}.`));
	if (type !== 'fixedCollection' || typeOptions?.multipleValues) return [];
	return options.flatMap((group) =>
		'values' in group ? group.values.flatMap((option) => choicesIn(option, selected, `${path}.${group.name}.`)) : [],
	);
}

/** What an operation of a resource lets the user choose from lists; a parameter that is declared twice has the choices of both. */
export function shownChoices(properties: readonly INodeProperties[], resource: string, operation: string): Choice[] {
	const byPath = new Map<string, Choice>();
	for (const property of properties) {
		if (property.name === 'resource' || property.name === 'operation') continue;
		for (const choice of choicesIn(property, { resource, operation })) {
			const same = byPath.get(choice.path);
			const options = new Map([...(same?.options ?? []), ...choice.options]);
			byPath.set(choice.path, { ...choice, options });
		}
	}
	return [...byPath.values()];
}
