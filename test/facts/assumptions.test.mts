import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { assumptionsPage, type Assumption } from '../../scripts/check/assumptions.mts';
import { defaultBehaviour, type Behaviour } from '../planhat-server/behaviour.mts';

const assumptions = JSON.parse(readFileSync('test/facts/assumptions.json', 'utf8')) as Assumption[];
const ids = assumptions.map(({ id }) => id);

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

	it('exists wherever a comment of the package names one', () => {
		const files = readdirSync('nodes', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
		const named = files.flatMap((path) =>
			[...readFileSync(join('nodes', path), 'utf8').matchAll(/\bassumption ([a-z-]+)/g)].map(([, id]) => id),
		);
		expect(named.filter((id) => !ids.includes(id ?? ''))).toEqual([]);
		expect(named.length).toBeGreaterThan(0);
	});
});

it('docs/assumptions.md is made from the list as it is', () => {
	expect(readFileSync('docs/assumptions.md', 'utf8')).toBe(assumptionsPage(assumptions));
});
