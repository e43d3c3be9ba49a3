import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { readTaken } from '../answers/taken';
import { spelling } from '../columns/columnNames';
import { readObject } from '../readers/readLists';
import { readEmail, readKey } from '../readers/readReferences';
import type { ItemRun } from '../run/context';
import type { Operation, Shown } from '../run/operation';
import { apiError, inputError } from '../transport/errors';
import type { PlanhatRequest } from '../transport/request';
import { isBlank, isObject } from '../values/checks';
import { shown } from '../values/json';
import { itemNotes, noteItem } from './itemNotes';

function properties(show: Shown): INodeProperties[] {
	return [
		{
			displayName: 'Event Type',
			name: 'segmentType',
			type: 'options',
			default: 'track',
			displayOptions: { show },
			options: [
				{ name: 'Identify', value: 'identify', description: 'Identify a person' },
				{ name: 'Track', value: 'track', description: 'Record what a person did' },
			],
			description: 'Planhat ignores all other Segment types',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show },
			placeholder: 'e.g. user-1',
			description: "The person's ID in your own system",
		},
		{
			displayName: 'Event',
			name: 'event',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { ...show, segmentType: ['track'] } },
			placeholder: 'e.g. Report opened',
			description: 'What the person did',
		},
		{
			displayName: 'Details (JSON)',
			name: 'details',
			type: 'json',
			default: '{}',
			displayOptions: { show },
			placeholder: 'e.g. {"email": "name@email.com", "companyId": "acme-1"}',
			description:
				"Traits of the person, or properties of the event. The trait 'companyId' is the external ID of the company. Without it, Planhat ignores people it doesn't know.",
		},
	];
}

function requireText(item: ItemRun, name: string, displayName: string): string {
	const value = item.parameter(name, '');
	const reading = isBlank(value) ? undefined : readKey(value);
	if (reading !== undefined && 'value' in reading) return String(reading.value);
	const advice = reading?.refused === undefined ? undefined : `${reading.refused}.`;
	throw inputError(
		item.node,
		reading === undefined
			? `'${displayName}' is empty`
			: `'${displayName}' takes text or a number, not '${shown(value)}'`,
		advice ?? 'Enter a value, or check that the expression has a result for this item.',
	);
}

/** What Planhat finds the person and the company by. */
const keysInDetails = {
	email: { read: readEmail, wants: 'one email address' },
	companyId: { read: readKey, wants: 'an ID as text or number' },
};

/** Traits are read by their exact names; the properties of an event may be called as one likes. */
function noteOtherSpellings(item: ItemRun, details: IDataObject): void {
	if (item.parameter('segmentType', 'track') !== 'identify') return;
	for (const name of Object.keys(details)) {
		const key = Object.keys(keysInDetails).find((each) => each !== name && spelling(each) === spelling(name));
		if (key !== undefined && details[key] === undefined)
			noteItem(item, `'${name}' in 'Details (JSON)' is not '${key}', which Planhat reads`);
	}
}

function writtenKeys(item: ItemRun, details: IDataObject): IDataObject {
	noteOtherSpellings(item, details);
	const written = { ...details };
	for (const [name, { read, wants }] of Object.entries(keysInDetails)) {
		const value = details[name];
		if (value === undefined) continue;
		delete written[name];
		if (isBlank(value)) {
			noteItem(item, `'${name}' in 'Details (JSON)' was empty, and left out`);
			continue;
		}
		const reading = read(value, { source: `$json.${name}` });
		if (!('value' in reading)) {
			const words = `'${name}' in 'Details (JSON)' takes ${wants}, not '${shown(value)}'`;
			throw inputError(item.node, words, 'Correct the value, or leave it out.');
		}
		written[name] = reading.value as IDataObject[string];
	}
	return written;
}

function readDetails(item: ItemRun): IDataObject {
	const details = readObject(item.parameter('details', '{}'));
	if ('value' in details) return writtenKeys(item, details.value as IDataObject);
	const advice = details.refused === undefined ? '' : ` ${details.refused}.`;
	throw inputError(
		item.node,
		"'Details (JSON)' is not a JSON object",
		`Use an object such as {"plan": "Pro"}.${advice}`,
	);
}

/**
 * @returns what else the answer says
 * @throws NodeApiError when it says that Planhat did not take the event
 */
function requireTaken({ node, transport }: ItemRun, { target }: PlanhatRequest, body: unknown): string {
	const taken = readTaken(body, 1, transport);
	if (taken.of === 'all') return taken.remarks;
	const isSure = taken.of === 'none';
	const explanation = {
		message: `Planhat did not ${target.verb} the ${target.record}: ${taken.words}`,
		description: isSure ? "Check what Planhat's message is about." : 'Planhat may still have accepted the event.',
	};
	throw apiError(node, '200', explanation, { outcome: isSure ? 'failed' : 'unknown', keys: target.keys });
}

/** Sends one event in the form of Segment, as Planhat's Segment integration takes it. */
export const segment: Operation = {
	value: 'segment',
	name: 'Send Segment Event',
	action: () => 'Send Segment event',
	description: () =>
		'Send an identify or track event in Segment format. Planhat confirms receipt before it validates values.',
	request: () => ({ method: 'POST', url: '/dock/segment', host: 'analytics' }),
	output: () => [
		{ name: 'accepted', type: 'boolean' },
		{ name: 'type', type: 'text' },
		{ name: 'userId', type: 'text' },
		{ name: 'event', type: 'text' },
	],
	properties,

	async prepare(item, declared) {
		const type = item.parameter('segmentType', 'track') === 'identify' ? 'identify' : 'track';
		const userId = requireText(item, 'userId', 'User ID');
		const details = readDetails(item);
		const body: IDataObject =
			type === 'identify'
				? { type, userId, traits: details }
				: { type, userId, event: requireText(item, 'event', 'Event'), properties: details };
		const { email } = details;
		item.namesRecord('fields', { userId, ...(email !== undefined && { email }) });
		const target = { verb: 'send', record: 'Segment event', permission: item.model.name, keys: { userId } };
		return { ...declared, body, target };
	},

	async answer(item, request) {
		const answer = await item.transport.send(request);
		const remarks = requireTaken(item, request, answer.body);
		const { type, userId, event } = isObject(request.body) ? request.body : {};
		return [
			{
				accepted: true,
				type,
				userId,
				...(event !== undefined && { event }),
				...(remarks !== '' && { answer: remarks }),
			},
		];
	},

	hints: itemNotes,
};
