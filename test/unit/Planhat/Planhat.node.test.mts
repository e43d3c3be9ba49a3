import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

import { PlanhatApi } from '../../../credentials/PlanhatApi.credentials.ts';
import { Planhat } from '../../../nodes/Planhat/Planhat.node.ts';

/** One text that people read, and where it stands. */
type Text = [where: string, text: string];

interface Texts {
	/** Labels of parameters, choices and modes. */
	labels: Text[];
	/** What stands below or beside them. */
	sentences: Text[];
	placeholders: Text[];
	actions: Text[];
	/** Descriptions of switches. */
	booleans: Text[];
}

const { description } = new Planhat();
const texts: Texts = { labels: [], sentences: [], placeholders: [], actions: [], booleans: [] };

function isParameter(entry: object): entry is INodeProperties {
	return 'type' in entry && 'displayName' in entry && 'default' in entry;
}

function readChoice(where: string, { name, value, action, description: words = '' }: INodePropertyOptions): void {
	const place = `${where} > ${String(value)}`;
	texts.labels.push([place, name]);
	texts.sentences.push([place, words]);
	if (action !== undefined) texts.actions.push([place, action]);
}

function readOption(where: string, option: object): void {
	if (isParameter(option)) readParameter(where, option);
	else if ('values' in option && 'displayName' in option) {
		texts.labels.push([where, String(option.displayName)]);
		for (const value of option.values as INodeProperties[]) readParameter(where, value);
	} else readChoice(where, option as INodePropertyOptions);
}

function readParameter(outside: string, parameter: INodeProperties): void {
	const resource = parameter.displayOptions?.show?.resource ?? [];
	const where = `${outside} > ${parameter.name}${resource.length === 1 ? ` of ${String(resource[0])}` : ''}`;
	const { displayName, description: words = '', hint = '', placeholder = '' } = parameter;
	(parameter.type === 'notice' ? texts.sentences : texts.labels).push([where, displayName]);
	texts.sentences.push([where, words], [where, hint]);
	if (parameter.type === 'boolean') texts.booleans.push([where, words]);
	texts.placeholders.push([where, placeholder]);
	for (const option of parameter.options ?? []) readOption(where, option);
	for (const mode of parameter.modes ?? []) {
		texts.labels.push([where, mode.displayName]);
		texts.sentences.push([where, mode.hint ?? '']);
		texts.placeholders.push([where, mode.placeholder ?? '']);
	}
}

for (const property of description.properties) readParameter('node', property);
for (const property of new PlanhatApi().properties) readParameter('credential', property);
texts.sentences.push(['node', description.description]);
for (const kind of Object.values(texts) as Text[][]) {
	const given = new Map(kind.filter(([, text]) => text !== '').map((entry) => [entry.join(': '), entry]));
	kind.splice(0, kind.length, ...given.values());
}

/** Texts for which something is not so; none when all is well. */
const faults = (among: Text[], isRight: (text: string) => boolean) => among.filter(([, text]) => !isRight(text));

/** Words that stay small in a title (n8n's guidelines: articles and short prepositions). */
const small = /^(a|an|and|as|at|by|for|from|in|into|of|on|or|per|the|to|with)$/;

/** Names that are not English words. */
const names =
	/\b(Planhat|Private App|Segment|NPS|ID|IDs|URL|JSON|CRM|API|MB|ISO|UTC|HTML|Settings|App Center|Get|Lean|List|Done)\b/g;

it('this test reads every text of the node and of the credential', () => {
	expect(texts.labels.length).toBeGreaterThan(150);
	expect(texts.actions.length).toBeGreaterThan(140);
	expect(texts.booleans.length).toBeGreaterThan(5);
	expect(texts.placeholders.length).toBeGreaterThan(10);
});

describe("n8n's guidelines ask for", () => {
	it('Title Case for labels and choices', () => {
		const isTitle = (text: string) =>
			text
				.replace(/ \(.*\)|, e\.g\. .*/, '')
				.split(/[\s-]+/)
				.every((word, index) => /^[^a-z]/.test(word) || (index > 0 && small.test(word)));
		expect(faults(texts.labels, isTitle)).toEqual([]);
	});

	it('Sentence case, without articles, and the resource in every action', () => {
		expect(faults(texts.actions, (text) => /^[A-Z]/.test(text) && !/\b(an?|the)\b/i.test(text))).toEqual([]);
		const isSentence = (text: string) => !/[A-Z]/.test(text.replace(names, '').slice(1));
		expect(faults(texts.actions, isSentence)).toEqual([]);
		const said = texts.actions.map(([, text]) => text);
		expect(said.filter((text, index) => said.indexOf(text) !== index)).toEqual([]);
	});

	it('sentences that begin like sentences and end like them', () => {
		expect(faults(texts.sentences, (text) => /^[A-Z0-9]/.test(text))).toEqual([]);
		// One sentence has no full stop, several end with one.
		const inner = /[.!?] [A-Z'<]/;
		const ends = (text: string) => /\.$|<\/a>$/.test(text) === inner.test(text);
		expect(faults(texts.sentences, ends)).toEqual([]);
	});

	it('"Whether" before what a switch does', () => {
		expect(faults(texts.booleans, (text) => text.startsWith('Whether '))).toEqual([]);
		expect(texts.booleans.length).toBeGreaterThan(0);
	});

	it('"e.g." before what may be typed', () => {
		const isExample = (text: string) => /^(e\.g\. \S|Add [A-Z]|Select a )/.test(text);
		expect(faults(texts.placeholders, isExample)).toEqual([]);
	});

	it('no word that frightens', () => {
		const all = Object.values(texts).flat() as Text[];
		const calm = (text: string) => !/\b(error|problem|failure|mistake)s?\b/i.test(text.replace('error output', ''));
		expect(faults(all, calm)).toEqual([]);
	});

	it('single quotes around the names of parameters', () => {
		const labels = [...new Set(texts.labels.map(([, label]) => label))].filter((label) => /^\S+( \S+)+$/.test(label));
		const quoted = (text: string) => labels.every((label) => !text.replaceAll(`'${label}'`, '').includes(label));
		const free = /Create or Update|Get Lean List|External ID or Source ID/g;
		expect(faults(texts.sentences, (text) => quoted(text.replace(free, '')))).toEqual([]);
	});
});

describe('the panel', () => {
	it('shows no notice before the first field', () => {
		const selectors = description.properties.filter(({ name }) => name === 'operation');
		for (const { displayOptions, options } of selectors) {
			const [resource = ''] = (displayOptions?.show?.resource ?? []) as string[];
			for (const { value } of options as INodePropertyOptions[]) {
				const parameters = { resource, operation: value as string, specifyFields: 'map' };
				const [, , first] = description.properties.filter((property) =>
					NodeHelpers.displayParameter(parameters, property, { typeVersion: 1 }, description),
				);
				expect([resource, value, first?.type]).not.toEqual([resource, value, 'notice']);
			}
		}
	});

	it('says once what each collection adds', () => {
		const collections = description.properties.filter(({ type }) => /^(c|fixedC)ollection$/.test(type));
		const added = new Set(collections.map(({ placeholder }) => placeholder));
		expect(added).toEqual(new Set(['Add Filter', 'Add Option', 'Add Sort Rule']));
	});

	it('shows one notice at most for each operation', () => {
		const notices = description.properties.filter(({ type }) => type === 'notice');
		const selectors = description.properties.filter(({ name }) => name === 'operation');
		let shown = 0;
		for (const { displayOptions, options } of selectors) {
			const [resource = ''] = (displayOptions?.show?.resource ?? []) as string[];
			for (const { value } of options as INodePropertyOptions[]) {
				const parameters = { resource, operation: value as string };
				const having = notices.filter((notice) =>
					NodeHelpers.displayParameter(parameters, notice, { typeVersion: 1 }, description),
				);
				shown += having.length;
				expect([resource, value, having.length]).toEqual([resource, value, Math.min(1, having.length)]);
			}
		}
		expect(shown).toBeGreaterThan(10);
	});
});

describe('for an AI agent', () => {
	it('every operation of every resource describes itself', () => {
		const selectors = description.properties.filter(({ name }) => name === 'operation');
		const said = selectors.flatMap((selector) =>
			(selector.options as INodePropertyOptions[]).map((option) => {
				const [resource] = selector.displayOptions?.show?.resource ?? [];
				const parameters = { resource: resource as string, operation: option.value as string };
				return [NodeHelpers.makeDescription(parameters, description), `${option.action} in Planhat`];
			}),
		);
		expect(said.length).toBeGreaterThan(140);
		for (const [made, wanted] of said) expect(made).toBe(wanted);
	});
});
