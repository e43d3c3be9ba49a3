import ts from 'typescript';

import { paths, read } from './pages.mts';

/** What a template holds beside its words is read as a text of its own. */
function wordsOf(node: ts.Node): string | undefined {
	if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return undefined;
	return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
}

/** Texts of three words or more in the sources of nodes and credentials: panels, errors and hints. */
export function codeTexts(): Array<{ where: string; text: string }> {
	return paths.filter((path) => /^(nodes|credentials)\/.*\.ts$/.test(path)).flatMap((path) => textsOf(path));
}

function textsOf(path: string): Array<{ where: string; text: string }> {
	const source = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
	const found: Array<{ where: string; text: string }> = [];
	const visit = (node: ts.Node): void => {
		const text = wordsOf(node);
		// The words by which people may already look for this error.
		const isKnown = text?.includes('is blank for this item');
		if (text !== undefined && !isKnown && !text.startsWith('={{') && text.trim().split(/\s+/).length > 2)
			found.push({ where: path, text });
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}
