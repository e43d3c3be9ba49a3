import type { IDataObject } from 'n8n-workflow';

import { timeOf } from '../Planhat/list/updatedAfter';
import { updateTimeOf } from '../Planhat/resources/model';
import type { Model } from '../Planhat/resources/types';
import type { Mark } from './edge';

/** What of a record a trigger waits for, with its name in the editor. */
export const changeEvents = { created: 'Created', createdOrUpdated: 'Created or Updated', updated: 'Updated' } as const;

export type ChangeEvent = keyof typeof changeEvents;

/** A record that is saved once more so soon is still being created. Milliseconds; the time within an ID has whole seconds. */
const creationMilliseconds = 2_000;

/** Planhat's names for the time at which a record was made; some models have none. */
const creationTimes = ['createdAt', 'createDate'];

/** The models whose changes can be asked for: their lists are sorted by time. */
export function hasChanges(model: Model): boolean {
	return model.sortable && model.operations.includes('getAll');
}

/**
 * The first four bytes of an ID are the second in which it was made (MongoDB's documents, "ObjectId").
 * @returns 0 where it is no such ID: then nobody can tell when the record changed, and it never counts as a change
 */
function timeWithin(id: string): number {
	return /^[0-9a-f]{24}$/i.test(id) ? Number.parseInt(id.slice(0, 8), 16) * 1_000 : 0;
}

/** The fields that tell when records of a model changed. */
export interface Clockwork {
	/** The field that the list is sorted by, newest first. */
	sortedBy: string;
	/** All fields that are looked at. */
	needs: string[];
	markOf(record: IDataObject): Mark;
	/** When a record was made; milliseconds since 1970. */
	createdAt(record: IDataObject): number;
	/** Whether a change is one that is waited for. */
	isWanted(record: IDataObject, mark: Mark): boolean;
}

/** Tells how changes of a kind are seen in the list of a model. */
export function clockworkOf(model: Model, event: ChangeEvent): Clockwork {
	const creation = creationTimes.find((name) => model.fields.some((field) => field.name === name));
	const createdAt = (record: IDataObject) => {
		const time = creation === undefined ? Number.NaN : timeOf(record, creation);
		return Number.isNaN(time) ? timeWithin(String(record._id)) : time;
	};
	const update = event === 'created' ? undefined : updateTimeOf(model);
	const savedAt = (record: IDataObject) => (update === undefined ? Number.NaN : timeOf(record, update));
	return {
		sortedBy: update ?? creation ?? '_id',
		needs: [update, creation].filter((name) => name !== undefined),
		markOf(record) {
			const saved = savedAt(record);
			return { id: String(record._id), time: Number.isNaN(saved) ? createdAt(record) : saved };
		},
		createdAt,
		isWanted(record, { time }) {
			return event !== 'updated' || time - createdAt(record) > creationMilliseconds;
		},
	};
}
