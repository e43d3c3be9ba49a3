import { describe, expect, it } from '@jest/globals';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { models } from '../../../dist/nodes/Planhat/resources/index.js';
import { readRecords } from '../../../dist/nodes/PlanhatTrigger/payload.js';
import { PlanhatTrigger } from '../../../dist/nodes/PlanhatTrigger/PlanhatTrigger.node.js';

const { description } = new PlanhatTrigger();

/** Planhat's help page on replacement codes has these, and no others are needed. */
const documented = ['<<object>>', '<<object._id>>', '<<object.externalId>>'];

function property(name: string): INodeProperties {
	const found = description.properties.find((one) => one.name === name);
	if (found === undefined) throw new Error(`There is no ${name}`);
	return found;
}

function valuesOf(name: string): unknown[] {
	return (property(name).options as INodePropertyOptions[]).map(({ value }) => value);
}

describe('the panel', () => {
	it('has the parameters that workflows depend on', () => {
		expect(valuesOf('events').sort()).toEqual(
			'addedToFilter any created createdOrUpdated deleted manual removedFromFilter scheduled updated'.split(' '),
		);
		expect(valuesOf('models')).toEqual(['any', ...models.map(({ resource }) => resource)]);
		expect(valuesOf('authentication')).toEqual(['none', 'secret']);
		const defaults = ['events', 'models', 'authentication', 'headerName', 'options'].map(
			(name) => property(name).default,
		);
		expect(defaults).toEqual([['any'], ['any'], 'secret', 'X-Planhat-Secret', {}]);
	});

	it('takes POST and PUT at one address', () => {
		expect(description.webhooks?.map(({ httpMethod, path, name }) => [httpMethod, path, name])).toEqual([
			['POST', 'webhook', 'default'],
			['PUT', 'webhook', 'default'],
		]);
	});

	it('asks for a credential only where it verifies, and warns where it does not', () => {
		expect(description.credentials).toEqual([
			{ name: 'planhatApi', required: true, displayOptions: { show: { authentication: ['secret'] } } },
		]);
		expect(property('openNotice').displayOptions).toEqual({ show: { authentication: ['none'] } });
	});

	it('takes no expression: what a delivery holds could be part of it', () => {
		const fields = description.properties.filter(({ type }) => type !== 'notice' && type !== 'collection');
		const options = property('options').options as INodeProperties[];
		expect([...fields, ...options].filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
	});

	it('proposes texts that cannot be changed, with documented codes only', () => {
		for (const name of ['headerToCopy', 'bodyToCopy', 'wholeBodyToCopy']) {
			expect(property(name).disabledOptions).toEqual({ show: { '@version': [1] } });
			const codes = String(property(name).default).match(/<<.*?>>/g) ?? [];
			expect(codes.filter((code) => !documented.includes(code))).toEqual([]);
		}
	});

	it('proposes a body that stays JSON, also without the line of the external ID', () => {
		const body = String(property('bodyToCopy').default);
		const item = { event: 'updated', model: 'company', _id: '<<object._id>>' };
		expect(readRecords(JSON.parse(body))).toEqual([{ ...item, externalId: '<<object.externalId>>' }]);
		const lines = body.split('\n').filter((line) => !line.includes('externalId'));
		expect(readRecords(JSON.parse(lines.join('\n')))).toEqual([item]);
	});

	it('proposes a body with the whole record, and says what is not known of it', () => {
		const body = String(property('wholeBodyToCopy').default).replace('<<object>>', '{"_id":"1"}');
		expect(readRecords(JSON.parse(body))).toEqual([
			{ event: 'updated', model: 'company', _id: '1', record: { _id: '1' } },
		]);
		expect(property('wholeBodyToCopy').displayName).toMatch(/Try It First/);
		expect(property('wholeBodyToCopy').hint).toMatch(/not documented.*422.*lost/);
	});

	it('holds only what the editor shows of a notice: links and lists', () => {
		for (const { displayName } of description.properties.filter(({ type }) => type === 'notice')) {
			expect(displayName.replace(/<\/?(ul|li)>|<a href="https:[^"]+" target="_blank">|<\/a>/g, '')).not.toMatch(/[<>]/);
		}
	});
});
