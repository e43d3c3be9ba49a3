import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { events } from '../../../../nodes/PlanhatTrigger/delivery/eventNames.ts';
import { isWantedEvent, isWantedModel } from '../../../../nodes/PlanhatTrigger/delivery/wanted.ts';

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
