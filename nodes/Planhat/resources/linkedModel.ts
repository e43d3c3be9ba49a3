import { modelOf, models } from './index';

/**
 * Whether a link that names a model may lead to records of a resource. Planhat's links say "Company" or "EndUser"; a name
 * that nobody knows may be any, and models that share an endpoint may be each other.
 * @param name of the model in the link; undefined where it has none
 */
export function mayLeadTo(resource: string | undefined, name: string | undefined): boolean {
	const wanted = modelOf(resource ?? '');
	if (wanted === undefined || name === undefined) return true;
	const named = models.filter((model) => model.resource.toLowerCase() === name.toLowerCase());
	return named.length === 0 || named.some(({ path, readPath }) => path === wanted.path || readPath === wanted.readPath);
}
