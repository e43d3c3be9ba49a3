import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { bench, itemsOf } from './planhat.mts';

/** A long list: that many, counted up as the first two show. */
interface Repeated<Value> {
	repeat: number;
	first: Value;
	second: Value;
}

/** What is answered, and what is to be said of it. Each part that is there is looked at. */
interface Case {
	id: string;
	want: string;
	parameters: INodeParameters;
	items: IDataObject[] | Repeated<IDataObject>;
	onError: INode['onError'];
	/** What Planhat holds, by the path of the model. */
	seed?: Record<string, IDataObject[]>;
	/** Answers in place of the server's own, in turn. */
	fail?: Array<{ status: number; body: unknown }>;
	expect: {
		/** Method, path and number of records of each request. */
		requests?: string[];
		neverRequest?: string;
		/** The outcomes of the output items in their order, or how many there are of each; null for a record. */
		outcomes?: Array<string | null> | Record<string, number>;
		outcomeCount?: number;
		neverOutcome?: string;
		/** Input items of the output items. */
		pairs?: number[];
		/** Patterns of what each error item says. */
		errors?: string;
		neverInErrors?: string;
		/** Of the first output item. */
		json?: IDataObject;
		/** Values of fields in what Planhat holds after it, by the path of the model. */
		stored?: Record<string, Record<string, unknown[]>>;
		mostBytesPerRow?: number;
		mostHints?: number;
		/** Pattern of the error that stops the workflow, and its code. */
		error?: string;
		httpCode?: string | null;
	};
}

const cases = JSON.parse(readFileSync(resolve(process.cwd(), 'test/cases/answers.json'), 'utf8')) as Case[];

const planhat = bench();

/** The number that differs between the first two, counted up. */
function countedUp(first: string, second: string, at: number): string {
	let from = 0;
	while (first[from] === second[from]) from += 1;
	const start = first.slice(0, from).replace(/\d+$/, '');
	const [number = ''] = /^\d+/.exec(first.slice(start.length)) ?? [];
	return `${start}${Number(number) + at}${first.slice(start.length + number.length)}`;
}

/** Makes long lists long, wherever they stand. */
function expanded(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(expanded);
	if (typeof value !== 'object' || value === null) return value;
	if (!('repeat' in value))
		return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, expanded(part)]));
	const { repeat, first, second } = value as Repeated<unknown>;
	return Array.from({ length: repeat }, (_entry, at) => countedUpIn(first, second, at));
}

function countedUpIn(first: unknown, second: unknown, at: number): unknown {
	if (first === second) return first;
	if (typeof first === 'number') return first + at;
	if (typeof first === 'string') return countedUp(first, String(second), at);
	const entries = Object.entries(first as IDataObject);
	return Object.fromEntries(
		entries.map(([name, part]) => [name, countedUpIn(part, (second as IDataObject)[name], at)]),
	);
}

function outcomeOf({ json }: INodeExecutionData): string | null {
	const details = json.details as IDataObject | undefined;
	return (details?.outcome ?? json.outcome ?? null) as string | null;
}

function tally(outcomes: Array<string | null>): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const outcome of outcomes) counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
	return counts;
}

function pairOf({ pairedItem }: INodeExecutionData): unknown {
	return typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : pairedItem;
}

function sent(): string[] {
	return planhat.server.requests.map(({ method, path, body }) => {
		const count =
			body === undefined || body === null || method === 'GET' ? '' : ` ${Array.isArray(body) ? body.length : 1}`;
		return `${method} ${path}${count}`;
	});
}

async function runCase({ parameters, items, onError, seed = {}, fail = [] }: Case) {
	for (const [path, records] of Object.entries(seed)) planhat.server.insert(path, records as never);
	for (const { status, body } of fail) {
		planhat.server.order({
			method: /^(get|list)/i.test(String(parameters.operation)) ? 'GET' : undefined,
			answer: { status, body: expanded(body) as never },
		});
	}
	const rows = expanded(items) as IDataObject[];
	return { rows, ...(await planhat.run(parameters, { items: itemsOf(rows), onError })) };
}

describe('What Planhat answers', () => {
	it.each(cases.map((each) => [each.id, each.want, each] as const))(
		'(%s) %s',
		async (_id, _want, each) => {
			const { rows, output, errors, error, hints } = await runCase(each);
			const wanted = each.expect;
			const all = [...output, ...errors];
			const outcomes = all.map(outcomeOf);
			const requests = sent();
			if (wanted.requests !== undefined) expect(requests).toEqual(wanted.requests);
			if (wanted.neverRequest !== undefined) expect(requests.join('\n')).not.toContain(wanted.neverRequest);
			if (wanted.outcomes !== undefined)
				expect(Array.isArray(wanted.outcomes) ? outcomes : tally(outcomes)).toEqual(wanted.outcomes);
			if (wanted.outcomeCount !== undefined) expect(outcomes).toHaveLength(wanted.outcomeCount);
			if (wanted.neverOutcome !== undefined) expect(outcomes).not.toContain(wanted.neverOutcome);
			if (wanted.pairs !== undefined) expect(all.map(pairOf)).toEqual(wanted.pairs);
			const said = all.flatMap(({ json }) => (typeof json.error === 'string' ? [json.error] : []));
			for (const words of wanted.errors === undefined ? [] : said)
				expect(words).toMatch(new RegExp(String(wanted.errors)));
			if (wanted.errors !== undefined) expect(said.length).toBeGreaterThan(0);
			if (wanted.neverInErrors !== undefined) expect(said.join('\n')).not.toMatch(new RegExp(wanted.neverInErrors));
			if (wanted.json !== undefined) expect(output[0]?.json).toMatchObject(wanted.json);
			for (const [path, fields] of Object.entries(wanted.stored ?? {}))
				for (const [name, values] of Object.entries(fields))
					expect(planhat.server.records(path).map((record) => record[name])).toEqual(values);
			const count = Math.max(rows.length, all.length);
			if (wanted.mostBytesPerRow !== undefined)
				expect(JSON.stringify(all).length / count).toBeLessThanOrEqual(wanted.mostBytesPerRow);
			if (wanted.mostHints !== undefined) expect(hints.length).toBeLessThanOrEqual(wanted.mostHints);
			if (wanted.error !== undefined) expect(error?.message).toMatch(new RegExp(wanted.error));
			if (wanted.httpCode !== undefined) expect(error?.httpCode ?? null).toBe(wanted.httpCode);
		},
		60_000,
	);
});
