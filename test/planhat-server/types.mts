/** Anything that JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** An object of JSON values. */
export type JsonObject = { [key: string]: JsonValue };

/** A stored record: an object with its id. */
export type PlanhatRecord = JsonObject & { _id: string };

/** What can be granted or taken away per model. */
export type Deed = 'create' | 'read' | 'update' | 'delete';

/** The query of a request; a parameter that came several times is an array. */
export type Query = Record<string, string | string[]>;

/** An answer before it is written: no body is an empty one, a string is text, all else is JSON. */
export type Answer = { status: number; headers?: Record<string, string>; body?: JsonValue | Buffer };

/** A request that is answered with an error status; in bulk its message becomes an error entry. */
export class Refusal extends Error {
	readonly status: number;
	readonly body: JsonValue;

	constructor(status: number, body: JsonValue) {
		super(typeof body === 'string' ? body : JSON.stringify(body));
		this.status = status;
		this.body = body;
	}
}

/** Tells an object from every other JSON value. */
export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a field counts as given: Planhat keeps empty strings, but they are no key and no required value. */
export function isGiven(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '';
}

/** A deep copy; several times faster than structuredClone on small records. */
export function copyOf<Value extends JsonValue | readonly JsonValue[]>(value: Value): Value {
	return JSON.parse(JSON.stringify(value)) as Value;
}

/** The object without one of its keys. */
export function without<Value>(object: Record<string, Value>, name: string): Record<string, Value> {
	return Object.fromEntries(Object.entries(object).filter(([other]) => other !== name));
}
