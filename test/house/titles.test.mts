import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = join(__dirname, '..');

/** The titles of a test, from the outermost `describe` to its own. */
type Path = readonly string[];

function titleOf(call: ts.CallExpression, source: ts.SourceFile): string | undefined {
	const [first] = call.arguments;
	if (first === undefined) return undefined;
	return ts.isStringLiteralLike(first) || ts.isTemplateExpression(first)
		? first.getText(source).slice(1, -1)
		: undefined;
}

function pathsIn(text: string): Path[] {
	const source = ts.createSourceFile('test.mts', text, ts.ScriptTarget.ESNext, true);
	const found: Path[] = [];
	const visit = (node: ts.Node, above: Path): void => {
		if (!ts.isCallExpression(node)) return ts.forEachChild(node, (child) => visit(child, above));
		const [kind = ''] = /^(?:describe|it)\b/.exec(node.expression.getText(source)) ?? [];
		const title = kind === '' ? undefined : titleOf(node, source);
		if (title === undefined) return ts.forEachChild(node, (child) => visit(child, above));
		if (kind === 'it') found.push([...above, title]);
		else for (const argument of node.arguments) visit(argument, [...above, title]);
	};
	visit(source, []);
	return found;
}

/** Words that end like verbs of "it", and are none. */
const noVerbs =
	/(?:ss|ous|us)$|^(?:always|besides|its|this|others|rows|items|keys|fields|names|models|times|dates|records)$/;

/** Whether a title goes on with what its subject does, one or many. */
function isVerb(word: string): boolean {
	return /^(?:are|have|do|can|cannot|may|must|never)$/.test(word) || isVerbOfOne(word);
}

function isVerbOfOne(word: string): boolean {
	return /^(?:is|[a-z]{2,}s)$/.test(word) && !noVerbs.test(word);
}

const openers = /^(?:when|where|after|before|on|in|for|with|without|through|by|at|if|while|against) /;

/** What follows the noun that a title is about. */
const behindNoun =
	/ (?:of|with|in|on|from|for|to|that|which|without|through|by|against|at|when|who|mapped|given|read|as|under|between|where|after|before)\b.*|[(,:].*/s;

/** Whether a title is about several, such as "Rows with the same key". A clause, such as "what a row lacks", is about one. */
function isOfSeveral(title: string): boolean {
	if (/^(?:what|which|any|every|each)\b/i.test(title)) return false;
	const noun = title.replace(behindNoun, '').split(' ').at(-1) ?? '';
	return /^[A-Z]?[a-z]+s$/.test(noun) && !/(?:ss|us|is)$/.test(noun);
}

/** Why a test's full name is no sentence with a subject, as far as simple rules can tell. */
function faultOf(path: Path): string | undefined {
	const [word = ''] = (path.at(-1) ?? '').split(/[\s,;:]/);
	const above = path.slice(0, -1);
	const outer = above.at(-1);
	if (outer === undefined) return isVerb(word) ? 'it begins with a verb' : undefined;
	if (openers.test(above[0] ?? '') && above.length === 1 && isVerb(word)) return 'nobody does it';
	return isOfSeveral(outer) && isVerbOfOne(word) ? 'its subject is of several, and its verb of one' : undefined;
}

describe('The full name of a test', () => {
	const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.mts'));

	it('is a sentence with its subject', () => {
		const paths = files.flatMap((file) =>
			pathsIn(readFileSync(join(folder, file), 'utf8')).map((path) => ({ file, path })),
		);
		expect(paths.length).toBeGreaterThan(1_000);
		const bad = paths.flatMap(({ file, path }) => {
			const fault = faultOf(path);
			return fault === undefined ? [] : [`${file}: ${path.join(' › ')}: ${fault}`];
		});
		expect(bad).toEqual([]);
	});

	it('is looked at with all that stands around it', () => {
		const text =
			"describe('Filters', () => { describe.skip(`of ${a}`, () => { it.each([1])('are %i', () => {}); }); it('go', go); });";
		expect(pathsIn(text)).toEqual([
			['Filters', 'of ${a}', 'are %i'],
			['Filters', 'go'],
		]);
	});

	it.each<[Path, string | undefined]>([
		[['leaves out blank keys'], 'it begins with a verb'],
		[['A blank key is left out'], undefined],
		[['when nobody answers', 'says so'], 'nobody does it'],
		[['when nobody answers', 'the node says so'], undefined],
		[['Filters of a list', 'sends each of them'], 'its subject is of several, and its verb of one'],
		[['Filters of a list', 'are sent'], undefined],
		[['What a row lacks', 'is said'], undefined],
	])('is judged by its words: %j', (path, fault) => {
		expect(faultOf(path)).toBe(fault);
	});
});
