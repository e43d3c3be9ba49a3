import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

interface File {
	path: string;
	source: string;
}

function filesIn(folders: readonly string[], ending: RegExp): File[] {
	return folders
		.flatMap((folder) =>
			readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)),
		)
		.filter((path) => ending.test(path) && !path.includes('node_modules'))
		.map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }));
}

const files = filesIn(['nodes', 'credentials'], /\.ts$/);

/** What tests, scripts and measurements have beside. */
const helpers = filesIn(['test', 'e2e', 'scripts', 'bench'], /\.m?js$|\.mts$/);

/** Names that several files may export: each node has its own. */
const ofEachNode = ['properties'];

/** What a file declares and exports; a name that it hands on from another file is not its own. */
function exportedNames({ source }: File): string[] {
	const declaration =
		/^export (?:declare |abstract |async )*(?:function\*?|const|let|class|interface|type|enum) (\w+)/gm;
	return [...new Set([...source.matchAll(declaration)].map(([, name = '']) => name))];
}

/** Names that more than one file exports, with the files. */
function namesOfSeveral(some: readonly File[]): Record<string, string[]> {
	const byName = new Map<string, string[]>();
	for (const file of some) {
		for (const name of exportedNames(file)) byName.set(name, [...(byName.get(name) ?? []), file.path]);
	}
	return Object.fromEntries([...byName].filter(([, paths]) => paths.length > 1));
}

describe('an exported name', () => {
	it('is used for one thing in the whole tree', () => {
		expect(files.flatMap(exportedNames).length).toBeGreaterThan(400);
		expect(helpers.flatMap(exportedNames).length).toBeGreaterThan(200);
		const several = Object.entries(namesOfSeveral([...files, ...helpers])).filter(
			([name]) => !ofEachNode.includes(name),
		);
		expect(Object.fromEntries(several)).toEqual({});
	});

	it('is told from one that is handed on, or that stays in its file', () => {
		const file = (path: string, source: string) => ({ path, source });
		const some = [
			file('a.ts', 'export interface Sort {}\nexport async function read() {}\nconst own = 1;\n'),
			file('b.ts', "export type Sort = string;\nexport { read } from './a';\nconst own = 2;\n"),
			file('c.ts', 'export function more(): void;\nexport function more(one?: string): void {}\n'),
		];
		expect(namesOfSeveral(some)).toEqual({ Sort: ['a.ts', 'b.ts'] });
	});
});

/** Rooms in which each pure file has a test of its own. */
const tested = [
	'nodes/Planhat/columns/',
	'nodes/Planhat/credential/',
	'nodes/Planhat/list/',
	'nodes/Planhat/output/',
	'nodes/Planhat/quota/',
	'nodes/Planhat/readers/',
	'nodes/Planhat/record/',
	'nodes/Planhat/rows/',
	'nodes/Planhat/values/',
	'nodes/PlanhatTrigger/',
];

/** Whether a file exports functions, none of which n8n calls and none of which describes what the editor shows. */
function isPure({ source }: File): boolean {
	const [fromN8n = ''] = /^import [^;]* from 'n8n-workflow';$/m.exec(source) ?? [];
	return /^export (?:async )?function/m.test(source) && !/\bI(?:\w+Functions|NodeProperties)\b/.test(fromN8n);
}

function testOf(path: string): string {
	return path.replace(/^nodes/, 'test/unit').replace(/\.ts$/, '.test.mts');
}

describe('a pure file', () => {
	const pure = files.filter((file) => tested.some((room) => file.path.startsWith(room)) && isPure(file));

	it.each(pure.map(({ path }) => path))('has a test in the mirrored place: %s', (path) => {
		expect(existsSync(join(root, testOf(path))) ? '' : testOf(path)).toBe('');
	});

	it('is found in each of the rooms', () => {
		for (const room of tested) expect(pure.filter(({ path }) => path.startsWith(room)).length).toBeGreaterThan(1);
	});
});
