import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { models } from '../../../nodes/Planhat/resources/index.ts';
import { events, readEvent, readModel } from '../../../nodes/PlanhatTrigger/eventNames.ts';
import { isWantedEvent, isWantedModel } from '../../../nodes/PlanhatTrigger/wanted.ts';

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

describe('what is waited for', () => {
	it('is anything without a choice, and whatever names nothing', () => {
		for (const wanted of [[], ['any'], ['any', 'created']]) {
			expect([isWantedEvent('deleted', wanted), isWantedModel('task', wanted)]).toEqual([true, true]);
		}
		for (const nothing of [undefined, null, '', ' ', 5, {}, ['deleted'], 'Company changed', 'toString']) {
			expect([isWantedEvent(nothing, ['created']), isWantedModel(nothing, ['task'])]).toEqual([true, true]);
		}
	});

	it('is what was chosen, and nothing that is certainly something else', () => {
		for (const { value } of events) {
			const others = events.map((event) => event.value).filter((other) => !other.match(/^(created|updated)/));
			for (const other of others) expect(isWantedEvent(value, [other])).toBe(value === other);
		}
		for (const { resource, readPath } of models) {
			for (const other of models.filter((model) => model.readPath !== readPath)) {
				expect([resource, other.resource, isWantedModel(resource, [other.resource])]).toEqual([
					resource,
					other.resource,
					false,
				]);
			}
			expect(isWantedModel(resource, ['no such model', resource])).toBe(true);
		}
	});

	it.each([
		['createdOrUpdated', 'created', true],
		['createdOrUpdated', 'updated', true],
		['created', 'createdOrUpdated', true],
		['updated', 'createdOrUpdated', true],
		['deleted', 'createdOrUpdated', false],
		['createdOrUpdated', 'deleted', false],
		['created', 'updated', false],
	])('%s for who waits for %s: %s', (event, wanted, is) => {
		expect(isWantedEvent(event, [wanted])).toBe(is);
	});

	it.each<[string, string, IDataObject, boolean]>([
		['conversation', 'note', { type: 'note' }, true],
		['conversation', 'note', { type: 'Note' }, true],
		['conversation', 'note', {}, true],
		['conversation', 'note', { _id: '1', type: '' }, true],
		['conversation', 'note', { type: 'email' }, false],
		['conversation', 'ticket', { type: 'email', subType: 'ticket' }, true],
		['conversation', 'ticket', { type: 'email' }, true],
		['conversation', 'ticket', { type: 'email', subType: 'chat' }, false],
		['note', 'conversation', { type: 'note' }, true],
		['ticket', 'conversation', {}, true],
		['note', 'ticket', {}, false],
		['ticket', 'note', {}, false],
		['company', 'note', { type: 'note' }, false],
	])('a %s for who waits for a %s, with the record %j: %s', (model, wanted, record, is) => {
		expect(isWantedModel(model, [wanted], record)).toBe(is);
	});
});
