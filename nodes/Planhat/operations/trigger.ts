import type { IDataObject, INodeProperties } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import type { Operation, Shown } from '../run/operation';
import { expressionIn, savedAt } from '../run/parameters';
import { inputError, withoutWebhookUrl } from '../transport/errors';
import { isBlank, isObject, trimmed } from '../values/checks';
import { lostInJson, parsed, shown, unreadAdvice } from '../values/json';
import { readNumber } from '../values/numbers';
import { parseSwitch } from '../values/switches';
import { itemNotes, noteItem } from './itemNotes';

function properties(show: Shown): INodeProperties[] {
	return [
		{
			displayName: 'Webhook URL',
			name: 'webhookUrl',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show },
			description: "From the automation's trigger 'Incoming webhook' in Planhat",
		},
		{
			displayName: 'Body Fields',
			name: 'bodyFields',
			type: 'assignmentCollection',
			default: {},
			displayOptions: { show },
		},
		{
			displayName: 'Body (JSON)',
			name: 'jsonBody',
			type: 'json',
			default: '{}',
			displayOptions: { show },
		},
	];
}

/** A value that was typed has the type that was chosen for it; undefined where it is none of that type. */
function typed(value: unknown, type: unknown): unknown {
	if (type === 'number') {
		const number = readNumber(value);
		return typeof number === 'number' ? number : undefined;
	}
	if (type === 'boolean') return parseSwitch(value);
	const said = typeof value === 'string' && (type === 'array' || type === 'object') ? parsed(value) : value;
	if (type === 'array') return Array.isArray(said) ? said : undefined;
	if (type === 'object') return isObject(said) ? said : undefined;
	return said;
}

function refusedField({ node }: ItemRun, what: string): Error {
	return inputError(withoutWebhookUrl(node), what, 'Correct the field, or remove it.');
}

/** Whether a field of the form was to have a value: one that the user has left empty says nothing. */
function isExpressed({ node }: Pick<ItemRun, 'node'>, name: string): boolean {
	const all = savedAt(node.parameters, 'bodyFields.assignments');
	if (!Array.isArray(all)) return expressionIn(all) !== undefined;
	const raw = all.filter(isObject).find((one) => trimmed(String(one.name)) === name);
	return raw === undefined || expressionIn(raw.value) !== undefined;
}

/** The fields of the form that have a value. */
function readFields(item: ItemRun): IDataObject {
	const given = item.parameter('bodyFields', {});
	const all = isObject(given) && Array.isArray(given.assignments) ? given.assignments.filter(isObject) : [];
	const fields = new Map<string, unknown>();
	for (const { name, value, type } of all) {
		if (isBlank(name)) throw refusedField(item, "A field of 'Body Fields' has no name");
		const called = trimmed(String(name));
		if (fields.has(called)) throw refusedField(item, `'${called}' is given twice in 'Body Fields'`);
		if (isBlank(value)) {
			if (isExpressed(item, called)) noteItem(item, `'${called}' in 'Body Fields' was empty, and left out`);
			continue;
		}
		const said = typed(value, type);
		const lost = said === undefined ? undefined : lostInJson(said);
		if (said === undefined || lost !== undefined)
			throw refusedField(
				item,
				`'${called}' in 'Body Fields' is no ${String(type ?? 'value')}: '${shown(lost ?? value)}'`,
			);
		fields.set(called, said);
	}
	return Object.fromEntries(fields) as IDataObject;
}

/** The fields, and what the JSON has beside them; JSON alone may be a list. */
function readBody(item: ItemRun): IDataObject | IDataObject[] {
	const fields = readFields(item);
	const given = item.parameter('jsonBody', '{}');
	const body = isBlank(given) ? {} : typeof given === 'string' ? parsed(given) : given;
	const lost = lostInJson(body);
	if (lost === undefined && isObject(body)) {
		const twice = Object.keys(fields).find((name) => Object.hasOwn(body, name));
		if (twice !== undefined) throw refusedField(item, `'${twice}' is in 'Body Fields' and in 'Body (JSON)'`);
		return { ...body, ...fields };
	}
	const isList = Array.isArray(body) && body.every(isObject) && Object.keys(fields).length === 0;
	if (lost === undefined && isList) return body;
	const advice = unreadAdvice(given) ?? (isObject(body) && lost !== undefined ? `It holds ${lost}.` : '');
	throw inputError(
		withoutWebhookUrl(item.node),
		"'Body (JSON)' is not a JSON object",
		`Use an object such as {"score": 4}, or a list of objects without 'Body Fields'. ${advice}`.trim(),
	);
}

/** Starts an automation in Planhat. It goes out without a token, and never a second time after a lost answer. */
export const triggerAutomation: Operation = {
	value: 'trigger',
	name: 'Trigger',
	action: () => 'Trigger automation',
	request: ({ path }) => ({ method: 'POST', url: path, host: 'automation' }),
	output: () => [{ name: 'triggered', type: 'boolean' }],
	properties,

	async prepare(item, declared) {
		const webhookUrl = item.parameter('webhookUrl', '');
		const target = { verb: 'start', record: item.model.singular, permission: item.model.name };
		if (isBlank(webhookUrl))
			throw inputError(
				withoutWebhookUrl(item.node),
				"'Webhook URL' is empty",
				"Copy the URL from the automation's trigger 'Incoming webhook' in Planhat.",
			);
		return { ...declared, webhookUrl, body: readBody(item), target };
	},

	async answer({ transport }, request) {
		const { body } = await transport.send(request);
		return [{ triggered: true, ...(!isBlank(body) && { answer: transport.said(body) as IDataObject }) }];
	},

	hints: itemNotes,
};
