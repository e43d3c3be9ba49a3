import type { FieldType } from '../../resources/types';

/** The operators of conditions, by their values, with what people call them. */
export const operators = {
	equals: 'Is',
	notEquals: 'Is Not',
	contains: 'Contains',
	notContains: 'Does Not Contain',
	isEmpty: 'Is Empty',
	isNotEmpty: 'Is Not Empty',
	greaterThan: 'Is More Than',
	lessThan: 'Is Less Than',
	atLeast: 'Is at Least',
	atMost: 'Is at Most',
	before: 'Is Before',
	after: 'Is After',
	withinNextDays: 'Is Within the Next Days',
	withinLastDays: 'Is Within the Last Days',
	daysFromToday: 'Is So Many Days From Today',
} as const;

export type Operator = keyof typeof operators;

/** How values of a field are compared. */
export type ValueKind = 'text' | 'reference' | 'number' | 'boolean' | 'date' | 'list' | 'object' | 'unknown';

const kinds: Readonly<Record<FieldType, ValueKind>> = {
	text: 'text',
	key: 'text',
	email: 'text',
	choice: 'text',
	id: 'reference',
	user: 'reference',
	number: 'number',
	boolean: 'boolean',
	date: 'date',
	day: 'date',
	isoDay: 'date',
	texts: 'list',
	ids: 'list',
	users: 'list',
	members: 'list',
	endusers: 'list',
	records: 'list',
	object: 'object',
	objects: 'object',
	unknown: 'unknown',
};

const empty: readonly Operator[] = ['isEmpty', 'isNotEmpty'];

const same: readonly Operator[] = ['equals', 'notEquals'];

const within: readonly Operator[] = ['contains', 'notContains'];

export const orderedOperators: readonly Operator[] = ['greaterThan', 'lessThan', 'atLeast', 'atMost'];

const fitting: Readonly<Record<ValueKind, readonly Operator[]>> = {
	text: [...same, ...within, ...empty],
	reference: [...same, ...empty],
	number: [...same, ...orderedOperators, ...empty],
	boolean: [...same, ...empty],
	date: [
		...same,
		'before',
		'after',
		'atLeast',
		'atMost',
		'withinNextDays',
		'withinLastDays',
		'daysFromToday',
		...empty,
	],
	list: [...within, ...empty],
	object: empty,
	unknown: Object.keys(operators) as Operator[],
};

export function kindOf(type: FieldType): ValueKind {
	return kinds[type];
}

/** The operators that make sense with values of a kind. */
export function operatorsOf(kind: ValueKind): readonly Operator[] {
	return fitting[kind];
}

/** What else people, and models, write for an operator: signs, words of other query languages. Without spelling. */
const alsoWritten: Readonly<Record<Operator, string>> = {
	equals: '= == === eq is equal equalto isequalto in isin oneof isoneof anyof on',
	notEquals: '!= !== <> ne neq not isnot notequal notequalto isnotequalto notin nin isnotin noneof',
	contains: 'contains contain like ilike include includes has containsany',
	notContains: 'notcontain notlike notinclude notincludes excludes exclude doesnotcontain doesntcontain',
	isEmpty: 'empty null isnull isblank notset isnotset missing notexists',
	isNotEmpty: 'notempty notnull isnotnull notblank isset set exists',
	greaterThan: '> gt greater isgreaterthan more morethan ismorethan above over',
	lessThan: '< lt less islessthan below under fewerthan',
	atLeast: '>= => ≥ gte ge isatleast greaterthanorequal greaterthanorequalto onorafter since from min',
	atMost: '<= =< ≤ lte le isatmost lessthanorequal lessthanorequalto onorbefore until max',
	before: 'isbefore earlierthan',
	after: 'isafter laterthan',
	withinNextDays: 'withinnext innext innextdays next nextdays withindays inthenextdays withinthenextdays',
	withinLastDays: 'withinlast inlast inlastdays last lastdays inthelastdays withinthelastdays withinpastdays',
	daysFromToday: 'days indays daysfromnow',
};

/** Without capitals, blanks and signs between words. */
function plainSpelling(text: string): string {
	return text.toLowerCase().replace(/[\s_$-]+/g, '');
}

const byWriting: ReadonlyMap<string, Operator> = new Map(
	(Object.keys(operators) as Operator[]).flatMap((operator) =>
		[plainSpelling(operator), plainSpelling(operators[operator]), ...alsoWritten[operator].split(' ')].map(
			(written) => [written, operator] as const,
		),
	),
);

/** Of dates, earlier and later are less and more. */
const ofDates: Partial<Record<Operator, Operator>> = { greaterThan: 'after', lessThan: 'before' };

/** Of numbers, it is the other way round. */
const ofNumbers: Partial<Record<Operator, Operator>> = { after: 'greaterThan', before: 'lessThan' };

/** Of a list, one of several values is one that it contains; what a whole list is nobody asks. */
const ofSeveral: ReadonlyMap<string, Operator> = new Map([
	...['in', 'isin', 'oneof', 'isoneof', 'anyof'].map((written) => [written, 'contains'] as const),
	...['notin', 'nin', 'isnotin', 'noneof'].map((written) => [written, 'notContains'] as const),
]);

/**
 * Reads an operator, in any of the ways in which it is written.
 * @returns undefined where it is none
 */
export function readOperator(text: string, kind: ValueKind): Operator | undefined {
	const written = plainSpelling(text);
	const operator = (kind === 'list' ? ofSeveral.get(written) : undefined) ?? byWriting.get(written);
	if (operator === undefined) return undefined;
	if (kind === 'number') return ofNumbers[operator] ?? operator;
	return kind === 'date' ? asDateOperator(operator) : operator;
}

/** An operator as it is called where dates are compared. */
export function asDateOperator(operator: Operator): Operator {
	return ofDates[operator] ?? operator;
}

export function isNegative(operator: Operator): boolean {
	return operator === 'notEquals' || operator === 'notContains';
}

export function isEquality(operator: Operator): boolean {
	return operator === 'equals' || operator === 'notEquals';
}

/** Whether an operator is about days that are counted from today. */
export function countsDays(operator: Operator): boolean {
	return operator === 'withinNextDays' || operator === 'withinLastDays' || operator === 'daysFromToday';
}
