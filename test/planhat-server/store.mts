import { Collection } from './collection.mts';
import type { ServedModel } from './model.mts';
import { copyOf, isGiven, type JsonObject, type JsonValue, type PlanhatRecord } from './types.mts';

/** Seconds since 1970 in the first id: a plausible creation time, as in every id of Planhat. */
const firstIdSeconds = 1_700_000_000;

/** All that the server remembers between requests. */
export class Store {
	readonly #collections = new Map<string, Collection>();
	readonly #now: () => Date;
	#idsGiven = 0;

	constructor(now: () => Date) {
		this.#now = now;
	}

	collection(name: string): Collection {
		const existing = this.#collections.get(name);
		if (existing !== undefined) return existing;
		const created = new Collection();
		this.#collections.set(name, created);
		return created;
	}

	now(): string {
		return this.#now().toISOString();
	}

	/** 24 hex digits that rise with every call and are the same in every run. */
	nextId(): string {
		this.#idsGiven += 1;
		const seconds = (firstIdSeconds + this.#idsGiven).toString(16);
		return `${seconds}5eed5eed5e${this.#idsGiven.toString(16).padStart(6, '0')}`;
	}

	/** Takes rows as they are; only a missing id is filled in. */
	insert(name: string, rows: readonly JsonObject[]): PlanhatRecord[] {
		const collection = this.collection(name);
		return rows.map((row) => {
			const _id = isGiven(row['_id']) ? String(row['_id']) : this.nextId();
			const record = Object.assign({ _id }, copyOf(row), { _id });
			collection.put(record);
			return record;
		});
	}

	/** The records of a model, those of other models in the same collection left out. */
	recordsOf(model: ServedModel): PlanhatRecord[] {
		const records = this.collection(model.storage).all();
		return model.only === undefined ? records : records.filter(model.only);
	}

	/** The first record of a model whose field has this value. */
	findOne(model: ServedModel, field: string, value: JsonValue | undefined): PlanhatRecord | undefined {
		const only = model.only ?? (() => true);
		return this.collection(model.storage).find(field, value).find(only);
	}

	/** The record for an id in a path: `_id`, or one of the prefixes that the model accepts (reference.md, 6). */
	findByPathId(model: ServedModel, id: string): PlanhatRecord | undefined {
		for (const [prefix, field] of Object.entries(model.prefixes)) {
			if (id.startsWith(prefix)) return this.findOne(model, field, id.slice(prefix.length));
		}
		return this.findOne(model, '_id', id);
	}
}
