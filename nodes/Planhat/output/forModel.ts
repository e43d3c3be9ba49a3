import type { IDataObject } from 'n8n-workflow';

import { isOwner, nameOfUser, ownerName, plainNameOf } from '../resources/plainNames';
import type { Model } from '../resources/types';
import type { ItemRun } from '../run/context';
import { speaksToModel } from '../run/parameters';
import { isBlank, isObject } from '../values/checks';
import type { People } from './plainRecord';

/** The longest text of a note that a model gets. Characters. */
const longestText = 600;

const dayMilliseconds = 86_400_000;

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ', '#39': "'" };

/** Whether items are made for a model to read: not where the builder of the tool asks for records as Planhat has them. */
export function isReadByModel({ node, parameter }: Pick<ItemRun, 'node' | 'parameter'>): boolean {
	return speaksToModel(node) && parameter('output', '') !== 'raw';
}

/** A text as people read it, without what HTML puts around it. */
export function plainOfHtml(html: string): string {
	if (!/[<&]/.test(html)) return html;
	return html
		.replace(/<(?:br|\/p|\/div|\/li)[^>]{0,200}>/gi, '\n')
		.replace(/<[a-z/!][^>]{0,2000}>/gi, '')
		.replace(/&(amp|lt|gt|quot|nbsp|#39);/g, (_whole, name: string) => entities[name] ?? '')
		.replace(/[ \t]+/g, ' ')
		.replace(/\s*\n\s*/g, '\n')
		.trim();
}

function cutText(text: string): string {
	if (text.length <= longestText) return text;
	return `${text.slice(0, longestText).trimEnd()}… (cut: ${longestText} of ${text.length} characters)`;
}

function dayText(days: number): string | undefined {
	const time = new Date(days * dayMilliseconds);
	return Number.isNaN(time.getTime()) ? undefined : time.toISOString().slice(0, 10);
}

/** A moment at the beginning of a day says no more than the day. */
function shortDate(text: string): string {
	return text
		.replace(/^(\d{4}-\d\d-\d\d)T00:00:00(?:\.000)?Z$/, '$1')
		.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?Z$/, '$1Z');
}

function isNothing(value: unknown): boolean {
	return (
		isBlank(value) ||
		(Array.isArray(value) && value.length === 0) ||
		(isObject(value) && Object.keys(value).length === 0)
	);
}

/** Somebody in a list of people is their name. */
function personText(value: unknown): unknown {
	return isObject(value) && typeof value.name === 'string' && value.name !== '' ? value.name : value;
}

function valueForModel(model: Model, name: string, value: unknown): unknown {
	if (name === 'health' && typeof value === 'number') return `${value} of 10`;
	const type = model.fields.find((field) => field.name === name)?.type;
	if (type === 'day' && typeof value === 'number') return dayText(value) ?? value;
	if ((type === 'members' || type === 'endusers') && Array.isArray(value)) return value.map(personText);
	if (typeof value !== 'string') return value;
	return type === 'date' ? shortDate(value) : cutText(plainOfHtml(value));
}

/** Whether a record names its owner by an ID alone. */
function hasUnnamedOwner(record: IDataObject): boolean {
	return isBlank(record[ownerName]) && Object.keys(record).some((name) => isOwner(name) && !isBlank(record[name]));
}

/** Records as they are handed over: as they are, or for a model, with the names of owners as they were within the last minute. */
export async function shownTo(item: ItemRun, records: IDataObject[]): Promise<IDataObject[]> {
	if (!isReadByModel(item)) return records;
	if (records.some(hasUnnamedOwner)) await item.tenant.learnUserNames();
	return records.map((record) => recordForModel(item.model, record, item.tenant));
}

function ownerIn(record: IDataObject, value: unknown, people: People): unknown {
	const { _id: id = value, ...user } = isObject(value) ? value : {};
	return record[ownerName] ?? nameOfUser(user) ?? people.userName(id) ?? id;
}

/**
 * A record as a model is to read it: nothing that says nothing, days as days, health with its scale, the owner by name, texts
 * plain and cut.
 */
export function recordForModel(model: Model, record: IDataObject, people: People): IDataObject {
	const shown: IDataObject = {};
	for (const [name, value] of Object.entries(record)) {
		if (isNothing(value) || name === ownerName) continue;
		const plainName = plainNameOf(name);
		if (isOwner(name)) shown.owner = ownerIn(record, value, people) as IDataObject['any'];
		else shown[plainName] = valueForModel(model, plainName, value) as IDataObject['any'];
	}
	return shown;
}
