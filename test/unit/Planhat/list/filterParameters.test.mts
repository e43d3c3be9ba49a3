import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { filterOptions } from '../../../../nodes/Planhat/list/filterParameters.ts';
import { readFilters } from '../../../../nodes/Planhat/list/filters.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { fakeItem, model } from '../../fakeItem.mts';

const queries = (resource: string, filters: IDataObject) => readFilters(fakeItem(resource, { filters })).queries;

describe('the options of the collection Filters', () => {
	const options = filterOptions(models);

	it('show each filter for exactly the models that have it', () => {
		for (const { resource, filters } of models) {
			const shown = options.filter(({ displayOptions }) => displayOptions?.show?.['/resource']?.includes(resource));
			const ours = ['updatedAfter', 'company'];
			const names = shown.map(({ name }) => name).filter((name) => !ours.includes(name));
			expect([resource, names.sort()]).toEqual([resource, filters.map(({ name }) => name).sort()]);
		}
	});

	it('offer Updated After where Planhat keeps the time of a change', () => {
		const shown = options.find(({ name }) => name === 'updatedAfter')?.displayOptions?.show?.['/resource'] ?? [];
		expect(shown).toEqual(expect.arrayContaining(['company', 'enduser', 'ticket', 'invoice']));
		expect(shown).not.toContain('deal');
	});

	it('are in the order of the alphabet', () => {
		const names = options.map(({ displayName }) => displayName);
		expect(names).toEqual([...names].sort((first, second) => first.localeCompare(second)));
	});

	it('offer one company that can be searched wherever companies are chosen, and mind no Company Search from before', () => {
		const resourcesOf = (wanted: string) =>
			options.find(({ name }) => name === wanted)?.displayOptions?.show?.['/resource'] ?? [];
		expect(resourcesOf('company')).toEqual(resourcesOf('companyId'));
		expect(resourcesOf('companySearch')).toEqual([]);
		expect(resourcesOf('company').length).toBeGreaterThan(15);
		expect(queries('company', { companySearch: 'acme' })).toEqual([{}]);
	});

	it('send the company that was searched with those of the list of several', () => {
		const [one, two] = ['5f00000000000000000000a1', '5f00000000000000000000a2'];
		const searched = { __rl: true, mode: 'list', value: one, cachedResultName: 'Acme' };
		expect(queries('enduser', { company: searched })).toEqual([{ companyId: one }]);
		expect(queries('enduser', { company: { ...searched, mode: 'id' } })).toEqual([{ companyId: one }]);
		expect(queries('enduser', { company: searched, companyId: [two, one] })).toEqual([{ companyId: `${two},${one}` }]);
		expect(queries('metric', { company: searched })).toEqual([{ cId: one }]);
		expect(queries('enduser', { company: { mode: 'list', value: '' } })).toEqual([{}]);
		expect(() => queries('enduser', { company: { mode: 'id', value: 'Acme' } })).toThrow(/is not the ID of a company/);
	});

	it('have a switch for what is on or off, and a list for what the editor can list', () => {
		const { name } = options.find(({ type }) => type === 'boolean') ?? {};
		expect(
			model('enduser')
				.filters.concat(model('task').filters)
				.find((filter) => filter.name === name)?.takes,
		).toBe('boolean');
		const of = (wanted: string) => options.filter((option) => option.name === wanted);
		expect(of('companyId')).toMatchObject([{ type: 'multiOptions', default: [], displayName: 'Company Names or IDs' }]);
		expect(of('status').map(({ type }) => type)).toEqual(['options', 'options', 'options']);
		expect(of('search')).toMatchObject([{ type: 'string' }]);
	});

	it('that load a list take expressions, and say so in the words of n8n', () => {
		const loading = options.filter(({ typeOptions }) => typeOptions?.loadOptionsMethod !== undefined);
		expect(loading.length).toBeGreaterThanOrEqual(7);
		for (const { type, displayName, description, allowArbitraryValues } of loading) {
			const several = type === 'multiOptions';
			expect(displayName).toMatch(several ? / Names or IDs$/ : / Name or ID$/);
			const sentence = `Choose from the list, or specify ${several ? 'IDs' : 'an ID'} using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`;
			expect(description?.endsWith(sentence)).toBe(true);
			expect(allowArbitraryValues).toBe(true);
		}
	});
});
