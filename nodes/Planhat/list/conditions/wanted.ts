import { company } from '../../resources/company';
import { enduser } from '../../resources/enduser';
import type { Field, FieldType, Model } from '../../resources/types';
import { user } from '../../resources/user';
import { converterOf } from '../../readers/convertValue';
import { usualReferenceRules } from '../../readers/referenceRules';
import type { ItemRun } from '../../run/context';
import { inputError } from '../../transport/errors';
import { isBlank, isObject, trimmed } from '../../values/checks';
import { shown } from '../../values/json';
import { readListText } from '../../values/listText';
import { readNumber } from '../../values/numbers';
import { isPlanhatId, recordInLink } from '../../values/planhatId';
import { rangeFromToday, rangeOfDate } from './dateRanges';
import type { ConditionField } from './fields';
import { comparedText, type ListCondition, type DateRange } from './meets';
import { asDateOperator, countsDays, isEquality, kindOf, orderedOperators, type Operator } from './operators';

type Run = Pick<ItemRun, 'node' | 'tenant' | 'timezone'>;

/** What is wanted of a field, by the kind of its values. */
type Wanted = Pick<ListCondition, 'texts' | 'numbers' | 'truth' | 'dates'>;

const nothing: Wanted = { texts: [], numbers: [], dates: [] };

const userTypes: readonly FieldType[] = ['user', 'users', 'members'];

const dayTypes: readonly FieldType[] = ['day', 'isoDay'];

export function holdsDays({ type }: Field): boolean {
	return dayTypes.includes(type);
}

function refusal({ node }: Run, name: string, wants: string, given: unknown, advice = ''): Error {
	const why = `The condition on '${name}' takes ${wants}, not '${shown(given)}'`;
	return inputError(node, why, advice === '' ? 'Correct the value of the condition.' : `${advice}.`);
}

/** Reads a value as a field of a type takes it, or says what it takes. */
function read(run: Run, name: string, field: Field, value: unknown, takes?: string): unknown {
	const convert = converterOf({
		field,
		source: JSON.stringify(shown(value)),
		zone: run.timezone,
		hasCommas: false,
		usersBy: () => [],
		by: usualReferenceRules,
		...(field.values !== undefined && { unknownValues: 'fail' as const }),
		find: () => [],
	});
	const converted = convert(value);
	if ('value' in converted) return converted.value;
	const { wants, given, advice } = converted.problem;
	throw refusal(run, name, takes ?? wants, given, advice);
}

/** Whose names people use. */
function modelNamedBy({ type, refersTo }: Field): Model | undefined {
	if (userTypes.includes(type)) return user;
	if (type === 'endusers' || refersTo === 'enduser') return enduser;
	return refersTo === 'company' ? company : undefined;
}

/** A record by its ID, a link, a key, an email or a name. */
async function idOf(run: Run, name: string, field: Field, value: unknown): Promise<string> {
	const plain = isObject(value) ? (value._id ?? value.id ?? value.email ?? value.name) : value;
	const text = typeof plain === 'string' || typeof plain === 'number' ? trimmed(String(plain)) : '';
	if (isPlanhatId(text)) return text.toLowerCase();
	const model = modelNamedBy(field);
	if (model === undefined || text === '' || recordInLink(text) !== undefined || name === '_id')
		return String(read(run, name, { ...field, type: 'id' }, plain));
	const found = await run.tenant.called(model, text.replace(/^(?:ext|src)id-/, ''), false);
	if ('record' in found) return String(found.record._id);
	throw inputError(run.node, `The condition on '${name}': ${found.refused}`, '');
}

const countOfDays = /^(-?\d{1,5})(?: ?d(?:ays?)?)?$/i;

function dateRange(run: Run, { path, field }: ConditionField, operator: Operator, value: unknown): DateRange {
	if (!countsDays(operator)) {
		const range = rangeOfDate(value, operator, run.timezone, field.type === 'day');
		if (range !== undefined) return range;
		const takes = 'a date such as 2026-03-31 or "30 days ago"';
		read(run, path, { ...field, type: holdsDays(field) ? field.type : 'date' }, value, takes);
		throw refusal(run, path, takes, value);
	}
	const [, text] = countOfDays.exec(trimmed(String(value))) ?? [];
	const count = Number(text);
	if (text !== undefined && (count >= 0 || operator === 'daysFromToday'))
		return rangeFromToday(operator, count, run.timezone);
	throw refusal(run, path, 'a whole number of days, such as 60', value);
}

/** What no document tells the type of is compared as a number or a date where the value is one. */
function unknown(run: Run, about: ConditionField, operator: Operator, value: unknown): Wanted {
	const number = readNumber(value);
	const numbers = typeof number === 'number' ? [number] : [];
	if (countsDays(operator) || operator === 'before' || operator === 'after')
		return { ...nothing, dates: [dateRange(run, about, operator, value)] };
	if (orderedOperators.includes(operator))
		return numbers.length > 0
			? { ...nothing, numbers }
			: { ...nothing, dates: [dateRange(run, about, asDateOperator(operator), value)] };
	return { ...nothing, texts: [comparedText(read(run, about.path, { ...about.field, type: 'text' }, value))], numbers };
}

async function one(run: Run, about: ConditionField, operator: Operator, value: unknown): Promise<Wanted> {
	const { path, field } = about;
	const { type } = field;
	const kind = kindOf(type);
	if (kind === 'unknown') return unknown(run, about, operator, value);
	if (kind === 'number') return { ...nothing, numbers: [Number(read(run, path, field, value))] };
	if (kind === 'boolean') return { ...nothing, truth: read(run, path, field, value) === true };
	if (kind === 'date') return { ...nothing, dates: [dateRange(run, about, operator, value)] };
	if (kind === 'reference' || (kind === 'list' && type !== 'texts'))
		return { ...nothing, texts: [await idOf(run, path, field, value)] };
	const isWhole = isEquality(operator);
	const as: FieldType = type === 'texts' ? (field.values === undefined ? 'text' : 'choice') : isWhole ? type : 'text';
	return { ...nothing, texts: [comparedText(read(run, path, { ...field, type: as }, value))] };
}

const ofSeveral = /^\$?(?:(?:is )?(?:not ?)?in|nin|(?:is ?)?(?:one|any|none) ?of)$/i;

/** Several values are any of them; a text with commas is several where the operator says so. */
function valuesOf(written: string, value: unknown): unknown[] {
	if (Array.isArray(value)) return value.flat();
	return typeof value === 'string' && ofSeveral.test(written.trim())
		? (readListText(trimmed(value)) ?? [value])
		: [value];
}

/**
 * Reads what a condition wants of its field, as values of that field are read elsewhere.
 * @param written the operator as it was given
 * @throws NodeOperationError where the field cannot take the value
 */
export async function readWanted(
	run: Run,
	about: ConditionField,
	operator: Operator,
	written: string,
	value: unknown,
): Promise<Wanted> {
	const values = valuesOf(written, value);
	const takesSeveral = isEquality(operator) || operator === 'contains' || operator === 'notContains';
	if (values.length > 1 && (!takesSeveral || about.field.type === 'boolean' || values.some(isBlank)))
		throw refusal(run, about.path, takesSeveral ? 'values that are not empty' : 'one value', value);
	const all: Wanted[] = [];
	for (const each of values) all.push(await one(run, about, operator, each));
	const truth = all[0]?.truth;
	return {
		texts: all.flatMap(({ texts }) => texts),
		numbers: all.flatMap(({ numbers }) => numbers),
		dates: all.flatMap(({ dates }) => dates),
		...(truth !== undefined && { truth }),
	};
}
