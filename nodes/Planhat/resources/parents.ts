import { models } from './index';
import type { Model } from './types';

/** A name without what people spell in several ways: "End User", "EndUser" and "enduser" are one. */
export function lettersOf(text: unknown): string {
	return String(text)
		.toLowerCase()
		.replace(/[^a-z]/g, '');
}

/**
 * The names under which custom fields may say that they belong to a model: the spelling is assumption definition-parent.
 * Notes and tickets are conversations, and have their fields.
 */
export function parentNames(model: Model): Set<string> {
	const stored = models.filter(({ path }) => path === model.readPath);
	return new Set(
		[model, ...stored].flatMap(({ resource, singular, plural }) => [resource, singular, plural].map(lettersOf)),
	);
}

/** The model that a custom field says it belongs to, the same for all spellings; a model of the tenant's own by its letters. */
export function parentIdentity(parent: unknown): string {
	const letters = lettersOf(parent);
	return models.find((model) => parentNames(model).has(letters))?.readPath ?? letters;
}
