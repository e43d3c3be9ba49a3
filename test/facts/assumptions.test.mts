import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { assumptionsPage, type Assumption } from '../../scripts/check/assumptions.mts';
import { defaultBehaviour, type Behaviour } from '../planhat-server/behaviour.mts';

const assumptions = JSON.parse(readFileSync('test/facts/assumptions.json', 'utf8')) as Assumption[];
const ids = assumptions.map(({ id }) => id);

const sources = ['nodes', 'credentials']
	.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
	.filter((path) => path.endsWith('.ts'));

const pages = ['README.md', 'docs/reliability.md', 'docs/architecture.md', 'test/planhat-server/README.md'];

/** The assumptions that a file names, also where a line ends between the word and the id. */
function idsIn(path: string): string[] {
	const text = readFileSync(path, 'utf8').replace(/\s*\n\s*(\*|\/\/)?\s*/g, ' ');
	return [...text.matchAll(/\bassumption `?([a-z]+(?:-[a-z]+)*)/g)].map(([, id = '']) => id);
}

describe('an assumption about Planhat', () => {
	it('has an id of its own', () => {
		expect(new Set(ids).size).toBe(ids.length);
	});

	it.each(assumptions.map((assumption) => [assumption.id, assumption] as const))(
		'is used: %s rests in files that exist, has a probe or a reason, and turns the double',
		(_id, { restsOn, probe, turned }) => {
			expect(restsOn.length).toBeGreaterThan(0);
			expect(restsOn.filter((file) => !existsSync(file))).toEqual([]);
			expect(probe).toMatch(/^(read|write|none: .+)$/);
			const switches = Object.entries(turned);
			expect(switches).toHaveLength(1);
			const known = switches.filter(([name]) => name in defaultBehaviour || name === 'quota');
			expect(known).toEqual(switches);
			expect(switches.filter(([name, value]) => defaultBehaviour[name as keyof Behaviour] === value)).toEqual([]);
		},
	);

	it('stands behind each behaviour of the double', () => {
		const turned = new Set(assumptions.flatMap((assumption) => Object.keys(assumption.turned)));
		expect(Object.keys(defaultBehaviour).filter((name) => !turned.has(name))).toEqual([]);
	});

	it('exists wherever code or a page names one', () => {
		const named = [...sources, ...pages].flatMap((path) => idsIn(path).map((id) => `${path}: ${id}`));
		expect(named.filter((name) => !ids.includes(name.split(': ')[1] ?? ''))).toEqual([]);
		expect(named.length).toBeGreaterThan(ids.length);
	});

	it.each(assumptions.map(({ id, restsOn }) => [id, restsOn] as const))(
		'is used: a comment names %s in a file that rests on it, and no other file does',
		(id, restsOn) => {
			const naming = sources.filter((path) => idsIn(path).includes(id));
			expect(naming.filter((path) => !restsOn.includes(path))).toEqual([]);
			expect(naming.length).toBeGreaterThan(0);
		},
	);
});

it('docs/assumptions.md is made from the list as it is', () => {
	expect(readFileSync('docs/assumptions.md', 'utf8')).toBe(assumptionsPage(assumptions));
});
