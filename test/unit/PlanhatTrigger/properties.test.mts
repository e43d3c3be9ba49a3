import { describe, expect, it } from '@jest/globals';
import { NodeHelpers, type INodeParameters, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { models } from '../../../nodes/Planhat/resources/index.ts';
import { isWanted, readRecords } from '../../../nodes/PlanhatTrigger/delivery/payload.ts';
import { PlanhatTrigger } from '../../../nodes/PlanhatTrigger/PlanhatTrigger.node.ts';

const { description } = new PlanhatTrigger();

/** Planhat's help page on replacement codes has these, and no others are needed. */
const documented = ['<<object>>', '<<object._id>>', '<<object.externalId>>', '<<actor._id>>', '<<actor.type>>'];
const actor = { id: '<<actor._id>>', type: '<<actor.type>>' };

function property(name: string): INodeProperties {
	const found = description.properties.find((one) => one.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
}

function valuesOf(name: string): unknown[] {
	return (property(name).options as INodePropertyOptions[]).map(({ value }) => value);
}

function itemsOf(body: string) {
	return readRecords(JSON.parse(body)).map(({ fields }) => fields);
}

describe('the panel', () => {
	it('has the parameters that workflows depend on', () => {
		expect(valuesOf('events').sort()).toEqual(
			'addedToFilter created createdOrUpdated deleted manual removedFromFilter scheduled updated'.split(' '),
		);
		expect(valuesOf('models')).toEqual(models.map(({ resource }) => resource));
		expect(valuesOf('authentication')).toEqual(['none', 'secret']);
		const defaults = ['events', 'models', 'authentication', 'headerName', 'options'].map(
			(name) => property(name).default,
		);
		expect(defaults).toEqual([[], [], 'secret', 'X-Planhat-Secret', { binaryData: true }]);
	});

	it('offers no "any" beside a choice: nothing chosen is any, and what is stored as any is no mistake', () => {
		for (const name of ['events', 'models']) {
			expect(property(name)).toMatchObject({ default: [], allowArbitraryValues: true });
			expect(property(name).required).toBeUndefined();
			expect(valuesOf(name)).not.toContain('any');
		}
	});

	it('says in the nodes panel what happens to a record', () => {
		const actions = (property('events').options as INodePropertyOptions[]).map(({ value, action }) => [value, action]);
		expect(actions).toContainEqual(['created', 'Record created']);
		expect(actions.filter(([, action]) => !/^[A-Z]/.test(String(action)))).toEqual([]);
	});

	it('proposes a body that every event and model lets through', () => {
		const [delivered] = readRecords(JSON.parse(String(property('bodyToCopy').default)));
		if (delivered === undefined) throw new Error('There is no record');
		for (const event of valuesOf('events').map(String)) {
			for (const model of valuesOf('models').map(String)) expect(isWanted(delivered, [event], [model])).toBe(true);
		}
	});

	it('numbers the steps in Planhat, without bullets', () => {
		expect(property('setUp').displayName).not.toContain('<li>');
		const steps = [...property('setUp').displayName.matchAll(/<ul>(\d+)\. /g)].map(([, number]) => Number(number));
		expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
	});

	it('takes all methods of Planhat at one address, and shows one', () => {
		expect(
			description.webhooks?.map(({ httpMethod, path, name, ndvHideUrl }) => [httpMethod, path, name, ndvHideUrl]),
		).toEqual([
			['POST', 'webhook', 'default', undefined],
			['PUT,PATCH,DELETE,GET', 'webhook', 'default', true],
		]);
	});

	it('leaves the body to the node where no options were stored, and says so where they were stored without it', () => {
		const resolve = (parameters: INodeParameters) =>
			NodeHelpers.getNodeParameters(description.properties, parameters, true, false, { typeVersion: 1 }, description);
		expect([resolve({})?.options, resolve({ options: {} })?.options]).toEqual([{ binaryData: true }, {}]);
		const isShown = (options: INodeParameters) =>
			NodeHelpers.displayParameter({ options }, property('unreadNotice'), { typeVersion: 1 }, description);
		expect([{}, { binaryData: false }, { binaryData: true }].map(isShown)).toEqual([true, true, false]);
		// n8n reads it for nodes of version 1 only.
		expect(description.version).toBe(1);
	});

	it('takes either credential where it verifies, requires none of them, and warns where it does not verify', () => {
		const displayOptions = { show: { authentication: ['secret'] } };
		expect(description.credentials).toEqual([
			{ name: 'planhatWebhookApi', displayOptions, testedBy: 'testWebhookSecret' },
			{ name: 'planhatApi', displayOptions, testedBy: 'testCredential' },
		]);
		expect(property('openNotice').displayOptions).toEqual({ show: { authentication: ['none'] } });
	});

	it('takes no expression: what a delivery holds could be part of it', () => {
		const fields = description.properties.filter(({ type }) => type !== 'notice' && type !== 'collection');
		const options = property('options').options as INodeProperties[];
		expect([...fields, ...options].filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
	});

	it('proposes texts that cannot be changed, with documented codes only', () => {
		for (const name of ['bodyToCopy', 'wholeBodyToCopy']) {
			expect(property(name).disabledOptions).toEqual({ show: { '@version': [1] } });
			const codes = String(property(name).default).match(/<<.*?>>/g) ?? [];
			expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
		}
	});

	it('proposes a body that stays JSON, also without the lines of the external ID and the actor', () => {
		const body = String(property('bodyToCopy').default);
		const item = { _id: '<<object._id>>' };
		expect(itemsOf(body)).toEqual([{ ...item, actor, externalId: '<<object.externalId>>' }]);
		const without = (...names: string[]) =>
			itemsOf(
				body
					.split('\n')
					.filter((line) => !names.some((name) => line.includes(name)))
					.join('\n'),
			);
		expect(without('externalId')).toEqual([{ ...item, actor }]);
		expect(without('externalId', 'actor')).toEqual([item]);
	});

	it('proposes a body with the whole record, and says what is not known of it', () => {
		const body = String(property('wholeBodyToCopy').default).replace('<<object>>', '{"_id":"1"}');
		expect(itemsOf(body)).toEqual([{ _id: '1', actor, record: { _id: '1' } }]);
		expect(property('wholeBodyToCopy').displayName).toMatch(/Try It First/);
		expect(property('wholeBodyToCopy').hint).toMatch(/doesn't document.*'body'.*'unparsed'/);
	});

	it('holds only what the editor shows of a notice: links and lists', () => {
		for (const { displayName } of description.properties.filter(({ type }) => type === 'notice')) {
			expect(displayName.replace(/<\/?(ul|li)>|<a href="https:[^"]+" target="_blank">|<\/a>/g, '')).not.toMatch(/[<>]/);
		}
	});
});
