import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import { resources } from '../resources';
import type { Model } from '../resources/types';

type Conditions = NonNullable<IDisplayOptions['show']>;

/** Fewer than so many of those that are shown: then a list of those that are not says the same in fewer words. */
const worthIt = 1 / 3;

/** The models that can come with what else must be chosen: those that have one of the operations. */
function possible(operations: Conditions[string]): Model[] {
	if (operations === undefined) return [...resources];
	return resources.filter((model) => model.operations.some((name) => operations.includes(name)));
}

/**
 * The same conditions in fewer words: no list of resources where the operations say as much, and those that do not show it
 * where they are few. n8n sends the description to each editor, and reads every word of it for every item that it routes.
 * @param name of the parameter that holds the resource, as seen from the property
 */
function brief({ show = {}, hide = {} }: IDisplayOptions, name: 'resource' | '/resource'): IDisplayOptions {
	const { [name]: resources, ...others } = show;
	if (resources === undefined || hide[name] !== undefined) return { show, hide };
	const rest = possible(show[name.replace('resource', 'operation')]).filter(
		({ resource }) => !resources.includes(resource),
	);
	if (rest.length === 0) return { show: others, hide };
	if (rest.length > resources.length * worthIt) return { show, hide };
	return { show: others, hide: { ...hide, [name]: rest.map(({ resource }) => resource) } };
}

function isFilled(conditions: object | undefined): boolean {
	return conditions !== undefined && Object.keys(conditions).length > 0;
}

function withBrief<Shown extends { displayOptions?: IDisplayOptions }>(
	property: Shown,
	name: 'resource' | '/resource',
): Shown {
	const { displayOptions, ...rest } = property;
	if (displayOptions === undefined) return property;
	const { show, hide } = brief(displayOptions, name);
	if (!isFilled(show) && !isFilled(hide)) return rest as Shown;
	return { ...property, displayOptions: { ...(isFilled(show) && { show }), ...(isFilled(hide) && { hide }) } };
}

/** A parameter, and those of its collection, shown by as few words as it takes. */
export function briefly(property: INodeProperties): INodeProperties {
	const { type, options } = withBrief(property, 'resource');
	if (type !== 'collection' || options === undefined) return withBrief(property, 'resource');
	return {
		...withBrief(property, 'resource'),
		options: options.map((option) => withBrief(option as INodeProperties, '/resource')),
	};
}
