import type { IDataObject } from 'n8n-workflow';

import { modelOf } from '../../Planhat/resources';
import type { Model } from '../../Planhat/resources/types';
import { events, plain } from './eventNames';

/**
 * Whether an event may be one of those that a workflow waits for: only what is certainly another is not. Who waits for
 * `created` is told of `createdOrUpdated` too, and the other way round: an automation of that kind cannot say which of the
 * two it was.
 * @param event of a delivery; what is none of Planhat's may be any
 * @param wanted values of the parameter 'Trigger On'; none means any
 */
export function isWantedEvent(event: unknown, wanted: readonly string[]): boolean {
	if (wanted.length === 0 || wanted.includes('any') || !events.some(({ value }) => value === event)) return true;
	const either = ['created', 'updated'];
	return wanted.some(
		(name) =>
			name === event ||
			(event === 'createdOrUpdated' && either.includes(name)) ||
			(name === 'createdOrUpdated' && either.includes(String(event))),
	);
}

/** Whether a record says by all of the fields that tell kinds apart that it is of another kind. */
function isOfOtherKind({ fields, value }: NonNullable<Model['kind']>, record: IDataObject): boolean {
	return fields.every((field) => {
		const said = record[field];
		return typeof said === 'string' && said.trim() !== '' && plain(said) !== plain(value);
	});
}

/** Planhat keeps notes and tickets as conversations: each of them is one, and a conversation may be each of them. */
function mayBe(model: Model, wanted: Model, record: IDataObject): boolean {
	if (model === wanted) return true;
	if (model.readPath !== wanted.readPath) return false;
	if (wanted.kind === undefined) return true;
	return model.kind === undefined && !isOfOtherKind(wanted.kind, record);
}

/**
 * Whether a model may be one of those that a workflow waits for: only what is certainly another is not.
 * @param model of a delivery; what is none of Planhat's may be any
 * @param wanted values of the parameter 'Models'; none means any
 */
export function isWantedModel(model: unknown, wanted: readonly string[], record: IDataObject = {}): boolean {
	const known = typeof model === 'string' ? modelOf(model) : undefined;
	if (wanted.length === 0 || wanted.includes('any') || known === undefined) return true;
	return wanted.some((name) => {
		const other = modelOf(name);
		return other !== undefined && mayBe(known, other, record);
	});
}
