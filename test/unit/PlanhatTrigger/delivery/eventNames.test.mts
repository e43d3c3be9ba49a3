import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { events, readEvent, readModel } from '../../../../nodes/PlanhatTrigger/delivery/eventNames.ts';

describe('the name of an event', () => {
	it.each([
		['created', 'created'],
		['Create', 'created'],
		['UPDATED', 'updated'],
		['createdOrUpdated', 'createdOrUpdated'],
		['Created or Updated', 'createdOrUpdated'],
		['created_or_updated', 'createdOrUpdated'],
		['added to filter', 'addedToFilter'],
		['removed-from-filter', 'removedFromFilter'],
		['manual', 'manual'],
		['Manual Action', 'manual'],
		['scheduled', 'scheduled'],
	])('%j is %s', (name, event) => {
		expect(readEvent(name)).toEqual({ event });
	});

	it.each([
		['company.updated', 'updated', 'company'],
		['Company Updated', 'updated', 'company'],
		['EndUser.createdOrUpdated', 'createdOrUpdated', 'enduser'],
		['created_company', 'created', 'company'],
		['deleted:End Users', 'deleted', 'enduser'],
		['/lineitems/deleted', 'deleted', 'lineItem'],
		['Workflow.updated', 'updated', 'Workflow'],
	])('%j is %s of %s', (name, event, model) => {
		expect(readEvent(name)).toEqual({ event, model });
	});

	it.each([
		...['', ' ', 'health dropped', 'company', 'a.b', 'a.b.updated', 'constructor', '<<object>>'],
		...['Company changed', 'created, updated', 'created/updated', 'updated:deleted', 'company.created.updated'],
	])('%j is none of Planhat’s, or unclear', (name) => {
		expect(readEvent(name)).toBeUndefined();
	});

	it('is read with every model, before and after it', () => {
		for (const { value } of events) {
			for (const { resource, name } of models) {
				for (const text of [`${resource}.${value}`, `${name} ${value}`, `${value} ${name}`, `${value}_${resource}`]) {
					expect(readEvent(text)).toEqual({ event: value, model: resource });
				}
			}
		}
	});

	it('may be any text', () => {
		fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof (readEvent(text)?.event ?? '') === 'string'));
	});
});

describe('the name of a model', () => {
	it('is each of its own names, in any spelling', () => {
		for (const { resource, name, singular, plural } of models) {
			for (const own of [resource, name, singular, plural, name.toUpperCase(), ` ${singular.replaceAll(' ', '_')} `]) {
				expect([own, readModel(own)]).toEqual([own, resource]);
			}
		}
	});

	it.each([
		['/companies', 'company'],
		['/conversations', 'conversation'],
		['dimensiondata', 'metric'],
		['Workflow', undefined],
		['', undefined],
		['toString', undefined],
	])('%j is %s', (name, resource) => {
		expect(readModel(name)).toBe(resource);
	});
});
