import { isObject } from '../../values/checks';
import { parsed, unfenced } from '../../values/json';

/** A condition as it was given. */
export interface GivenCondition {
	field: string;
	operator: string;
	value: unknown;
}

/** What models call the parts of a condition. */
const parts = {
	field: ['field', 'name', 'property', 'key', 'column', 'attribute'],
	operator: ['operator', 'op', 'comparison', 'operation', 'condition'],
	value: ['value', 'values'],
};

/** What models put a list of conditions into. */
const wrappers = ['conditions', 'filters', 'and', '$and', 'all'];

function partOf(given: Record<string, unknown>, names: readonly string[]): unknown {
	const name = names.find((each) => given[each] !== undefined);
	return name === undefined ? undefined : given[name];
}

/** A count of days stands for the day, or for the value of an operator that counts days. */
function valueOf(given: Record<string, unknown>, operator: string): unknown {
	const { days } = given;
	const value = partOf(given, parts.value);
	if (value !== undefined || days === undefined || days === null || days === '') return value;
	if (/next|last|past|days/i.test(operator)) return days;
	const count = Number(days);
	return count < 0 ? `${-count} days ago` : `in ${String(days)} days`;
}

/** "within next 60 days" says the value too. */
const counted = /^(\D+?)\s*(\d{1,5})\s*(days?)$/i;

/** "2026-01-01 and 2026-03-31" */
function endsOf(value: unknown): unknown[] {
	if (typeof value === 'string') return value.split(/\s*(?:,|\.\.+|\s(?:and|to)\s)\s*/i);
	return Array.isArray(value) ? value : [];
}

/** From … to is two conditions. */
function split(condition: GivenCondition): GivenCondition[] {
	const { field, operator, value } = condition;
	const [, words, count] = counted.exec(operator.trim()) ?? [];
	if (words !== undefined && value === undefined) return [{ field, operator: `${words} days`, value: count }];
	const ends = /^(is ?)?between$/i.test(operator.trim()) ? endsOf(value) : [];
	if (ends.length !== 2) return [condition];
	return [
		{ field, operator: 'atLeast', value: ends[0] },
		{ field, operator: 'atMost', value: ends[1] },
	];
}

function oneOf(given: Record<string, unknown>): GivenCondition[] {
	const operator = partOf(given, parts.operator) ?? (given.days === undefined ? 'equals' : '');
	return split({
		field: String(partOf(given, parts.field)),
		operator: String(operator),
		value: valueOf(given, String(operator)),
	});
}

/** `{ "phase": "Live", "h": { "<": 5 } }` */
function byFields(given: Record<string, unknown>): GivenCondition[] {
	return Object.entries(given).flatMap(([field, value]) =>
		isObject(value)
			? Object.entries(value).flatMap(([operator, wanted]) => split({ field, operator, value: wanted }))
			: [{ field, operator: 'equals', value }],
	);
}

/** `["h", "<", 5]` */
function triple(given: readonly unknown[]): GivenCondition[] | undefined {
	const [field, operator, ...values] = given;
	if (typeof field !== 'string' || typeof operator !== 'string' || values.length > 1) return undefined;
	return split({ field, operator, value: values[0] });
}

/**
 * Reads conditions in the forms that people and models give them: a list of objects, one object, an object of fields,
 * lists of three.
 * @returns undefined for what is none of them
 */
export function conditionsIn(given: unknown): GivenCondition[] | undefined {
	if (typeof given === 'string') {
		const value = parsed(unfenced(given));
		return typeof value === 'string' ? undefined : conditionsIn(value);
	}
	if (Array.isArray(given)) {
		const alone = triple(given);
		if (alone !== undefined) return alone;
		const all = given.map((entry: unknown) => (typeof entry === 'string' ? undefined : conditionsIn(entry)));
		return all.includes(undefined) ? undefined : all.flatMap((some) => some ?? []);
	}
	if (!isObject(given)) return undefined;
	const isOne = parts.field.some((name) => typeof given[name] === 'string') && isNamed(given);
	if (isOne) return oneOf(given);
	const [only, ...others] = Object.entries(given);
	if (only !== undefined && others.length === 0 && wrappers.includes(only[0]) && Array.isArray(only[1]))
		return conditionsIn(only[1]);
	return byFields(given);
}

/** `{ "name": "Acme" }` is about a field that is called so. */
function isNamed(given: Record<string, unknown>): boolean {
	return 'field' in given || 'days' in given || [...parts.operator, ...parts.value].some((name) => name in given);
}
