import { isObject } from '../../Planhat/values/checks';

/** What an automation says of who caused a change, by Planhat's codes `actor._id`, `actor.type` and `actor.name`. */
const namesOfActor = ['_id', 'id', 'type', 'name', 'email'];

function plainText(value: unknown): string {
	return typeof value === 'string' ? value.trim().toLowerCase() : '';
}

/** IDs, names or types of actors, in small letters, from a text with commas. */
export function actorsIn(text: unknown): string[] {
	return String(text ?? '')
		.split(',')
		.map(plainText)
		.filter((name) => name !== '');
}

/**
 * Whether a change was caused by one of those whose changes are skipped. A call that names nobody was caused by none of them.
 * @param actor of a delivery: an object, or a text
 */
export function isSkippedActor(actor: unknown, skipped: readonly string[]): boolean {
	const said = isObject(actor) ? namesOfActor.map((name) => actor[name]) : [actor];
	return said.some((each) => skipped.includes(plainText(each)));
}
