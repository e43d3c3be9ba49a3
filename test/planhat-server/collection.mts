import { isGiven, type JsonValue, type PlanhatRecord } from './types.mts';

/** The fields that records are looked up by, over all models (reference.md, 6 and 9). */
const indexedFields = ['sourceId', 'externalId', 'extId', 'email', 'domains'] as const;

/**
 * The records of one model in the order in which they came. Lookups by key are indexed, so that a bulk upsert of 5,000
 * rows into 12,000 records stays fast. Records are never changed in place: `put` replaces them.
 */
export class Collection {
	readonly #records = new Map<string, PlanhatRecord>();
	readonly #indexes = new Map<string, Map<JsonValue, Set<string>>>();

	get(id: string): PlanhatRecord | undefined {
		return this.#records.get(id);
	}

	all(): PlanhatRecord[] {
		return [...this.#records.values()];
	}

	put(record: PlanhatRecord): void {
		this.#unindex(record._id);
		this.#records.set(record._id, record);
		for (const field of indexedFields) {
			for (const value of valuesOf(record, field)) this.#idsOf(field, value).add(record._id);
		}
	}

	delete(id: string): void {
		this.#unindex(id);
		this.#records.delete(id);
	}

	/** All records whose field has this value, oldest first. */
	find(field: string, value: JsonValue | undefined): PlanhatRecord[] {
		if (value === undefined || !isGiven(value)) return [];
		const ids = field === '_id' ? [String(value)] : (this.#indexes.get(field)?.get(value) ?? []);
		// A record that was changed is put anew, and is none the younger.
		return [...ids].sort().flatMap((id) => this.#records.get(id) ?? []);
	}

	#idsOf(field: string, value: JsonValue): Set<string> {
		const index = this.#indexes.get(field) ?? new Map<JsonValue, Set<string>>();
		this.#indexes.set(field, index);
		const ids = index.get(value) ?? new Set<string>();
		index.set(value, ids);
		return ids;
	}

	#unindex(id: string): void {
		const record = this.#records.get(id);
		if (record === undefined) return;
		for (const field of indexedFields) {
			for (const value of valuesOf(record, field)) this.#indexes.get(field)?.get(value)?.delete(id);
		}
	}
}

function valuesOf(record: PlanhatRecord, field: string): JsonValue[] {
	const value = record[field] ?? null;
	return (Array.isArray(value) ? value : [value]).filter(isGiven);
}
