import type { IDataObject } from 'n8n-workflow';

import { valueAt } from '../../output/pickFields';
import { isBlank, isObject, trimmed } from '../../values/checks';
import { readDate } from '../../values/dates';
import { readNumber } from '../../values/numbers';
import { isEquality, isNegative, orderedOperators, type ValueKind, type Operator } from './operators';

const dayMilliseconds = 86_400_000;

/** Days, and the same in the time zone of the workflow as moments; a moment has no days that count. */
export interface DateRange {
	/** Days since 1970. */
	days: { from: number; to: number };
	/** Milliseconds since 1970. */
	times: { from: number; to: number };
	/** Whether a time of day was given. */
	isMoment: boolean;
}

/** What a condition asks for, read and ready to be compared. */
export interface ListCondition {
	path: string;
	kind: ValueKind;
	/** Whether the field holds days, and no moments. */
	holdsDays: boolean;
	operator: Operator;
	/** Without capitals; any of them. */
	texts: readonly string[];
	numbers: readonly number[];
	truth?: boolean;
	dates: readonly DateRange[];
	/** Whether Planhat was asked for it too, so that a record that does not show the field is none of the others. */
	isAsked?: true;
}

/** A text as conditions compare it. */
export function comparedText(value: unknown): string {
	return trimmed(String(value)).toLowerCase();
}

/** People and records may stand as objects, with an ID and a name. */
function textsOf(value: unknown): string[] {
	if (!isObject(value)) return [comparedText(value)];
	const { _id, id, name, email } = value;
	return [_id, id, name, email].filter((each) => !isBlank(each)).map(comparedText);
}

function isNothing(value: unknown): boolean {
	if (Array.isArray(value)) return value.every(isBlank);
	return isBlank(value) || (isObject(value) && Object.keys(value).length === 0);
}

function numberIn(value: unknown): number | undefined {
	const number = readNumber(value);
	return typeof number === 'number' ? number : undefined;
}

function isOrdered(operator: Operator, held: number, wanted: number): boolean {
	if (operator === 'greaterThan') return held > wanted;
	if (operator === 'lessThan') return held < wanted;
	return operator === 'atLeast' ? held >= wanted : held <= wanted;
}

function isWithin(value: number, { from, to }: { from: number; to: number }): boolean {
	return value >= from && value <= to;
}

/** Planhat keeps a day as the beginning of it in UTC, whatever the time zone of those who set it. */
function isOnDate(value: unknown, holdsDays: boolean, { days, times, isMoment }: DateRange): boolean {
	if (holdsDays && typeof value === 'number') return isWithin(value, days);
	const held = typeof value === 'number' ? { milliseconds: value, day: Number.NaN } : readDate(value, 'utc');
	if (held === undefined) return false;
	const isDay = holdsDays || held.milliseconds % dayMilliseconds === 0;
	const day = Number.isNaN(held.day) ? held.milliseconds / dayMilliseconds : held.day;
	return isDay && (holdsDays || !isMoment) ? isWithin(day, days) : isWithin(held.milliseconds, times);
}

function hasText({ operator, texts }: ListCondition, held: readonly string[]): boolean {
	const isPart = operator === 'contains' || operator === 'notContains';
	return held.some((text) => texts.some((wanted) => (isPart ? text.includes(wanted) : text === wanted)));
}

/** The operators that say what is wanted, without those that say what is not. */
function holds(condition: ListCondition, value: unknown): boolean {
	const { kind, operator, texts, numbers, truth, dates, holdsDays } = condition;
	if (dates.length > 0) return dates.some((range) => isOnDate(value, holdsDays, range));
	if (kind === 'boolean') return value === truth;
	if (kind === 'list') return [value].flat().some((entry) => textsOf(entry).some((text) => texts.includes(text)));
	const number = numbers.length > 0 ? numberIn(value) : undefined;
	if (orderedOperators.includes(operator))
		return number !== undefined && numbers.some((one) => isOrdered(operator, number, one));
	const isSame = number !== undefined && isEquality(operator) && numbers.includes(number);
	return isSame || (kind !== 'number' && hasText(condition, [value].flat().flatMap(textsOf)));
}

/** Whether a record is as a condition wants it. One that holds nothing in the field is not what the others are. */
export function meets(condition: ListCondition, record: IDataObject): boolean {
	const { path, operator, isAsked } = condition;
	const value = valueAt(record, path);
	if (isAsked && value === undefined) return true;
	const isEmpty = isNothing(value);
	if (operator === 'isEmpty') return isEmpty;
	if (operator === 'isNotEmpty') return !isEmpty;
	return (!isEmpty && holds(condition, value)) !== isNegative(operator);
}

/** Operators that ask for what is early or little: a record that holds nothing there may be meant too. */
const openBelow: readonly Operator[] = ['before', 'atMost', 'lessThan'];

/** The field that alone keeps a record out, since it holds nothing there: nobody was ever met, nothing was ever counted. */
export function unsetField(conditions: readonly ListCondition[], record: IDataObject): string | undefined {
	// Of most records this says no, without another look at all conditions.
	const unset = conditions.find(
		({ operator, path }) => openBelow.includes(operator) && isNothing(valueAt(record, path)),
	);
	if (unset === undefined) return undefined;
	return conditions.every((condition) => condition === unset || meets(condition, record)) ? unset.path : undefined;
}
