import type { GenericValue, IDataObject } from 'n8n-workflow';

import { isRecord } from '../Planhat/transport/answers';

/** What n8n makes of a request before a node sees it. */
export interface WebhookRequest {
	headers: Record<string, string | string[] | undefined>;
	query?: object;
	/** Without its parameters, in small letters. */
	contentType?: string;
	/** What n8n has parsed: JSON, XML, forms and text; of a multipart form `data` and `files`. Undefined for all else. */
	body?: unknown;
	/** The bytes, unpacked. Undefined for `multipart/form-data`. */
	rawBody?: Buffer;
}

const multipart = 'multipart/form-data';

/** Deeper objects cannot be stored or shown: JSON.stringify, for one, goes down by recursion. Planhat's records have about 5 levels. */
const deepestLevel = 500;

function isContainer(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}

/** Level by level and without recursion; the loop is a plain one, since a list may have millions of numbers. */
function isDeep(value: unknown): boolean {
	let level = [value].filter(isContainer);
	for (let depth = 0; level.length > 0; depth += 1) {
		if (depth > deepestLevel) return true;
		const next: object[] = [];
		for (const container of level) {
			const children: unknown[] = Array.isArray(container) ? container : Object.values(container);
			for (let place = 0; place < children.length; place += 1) {
				const child = children[place];
				if (isContainer(child)) next.push(child);
			}
		}
		level = next;
	}
	return false;
}

/** @returns undefined when the bytes are no text */
function textOf(bytes: Buffer): string | undefined {
	const text = bytes.toString('utf8');
	return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
}

/**
 * Reads a text that is an object or a list in JSON.
 * @param text anything
 * @returns undefined when it is something else, or nested too deeply
 */
export function readJsonText(text: string): IDataObject | GenericValue[] | undefined {
	if (!/^\s*[{[]/.test(text)) return undefined;
	try {
		const value: unknown = JSON.parse(text);
		return (isRecord(value) || Array.isArray(value)) && !isDeep(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** All fields of a form; n8n itself reads no more than 1,000. A name that comes several times has a list. */
function formFields(text: string): Record<string, unknown> {
	const fields = new Map<string, string[]>();
	for (const [name, value] of new URLSearchParams(text)) {
		const values = fields.get(name);
		if (values === undefined) fields.set(name, [value]);
		else values.push(value);
	}
	return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

function parsedBody({ contentType, body, rawBody }: WebhookRequest): unknown {
	if (contentType === 'application/json') return body;
	if (contentType === multipart) return isRecord(body) ? body.data : body;
	// Which type Planhat names is not documented, so that JSON is looked for under any.
	const text = typeof body === 'string' ? body : textOf(rawBody ?? Buffer.alloc(0));
	const json = text === undefined ? undefined : readJsonText(text);
	if (json !== undefined) return json;
	if (text && contentType === 'application/x-www-form-urlencoded') return formFields(text);
	return body ?? (text === '' ? undefined : text);
}

/**
 * The body of a delivery, whatever its type: parsed where it is JSON, XML or a form, otherwise as text. What is nested
 * too deeply for n8n to store stays text.
 * @param request that n8n has parsed
 * @returns undefined when the body is empty, or no text at all (see `bytesOf`)
 */
export function readBody(request: WebhookRequest): unknown {
	const body = parsedBody(request);
	return isDeep(body) ? request.rawBody?.toString('utf8') : body;
}

/**
 * The body of a delivery that is neither of a type that n8n reads nor text, such as a picture.
 * @param request that n8n has parsed
 */
export function bytesOf({ body, rawBody }: WebhookRequest): Buffer | undefined {
	return body === undefined && rawBody !== undefined && textOf(rawBody) === undefined ? rawBody : undefined;
}

/** A file of a multipart form, as n8n has stored it for the time of the request. */
export interface UploadedFile {
	field: string;
	path: string;
	name: string;
	type?: string;
}

/**
 * The files of a multipart form.
 * @param request that n8n has parsed
 */
export function filesOf({ contentType, body }: WebhookRequest): UploadedFile[] {
	if (contentType !== multipart || !isRecord(body) || !isRecord(body.files)) return [];
	return Object.entries(body.files).flatMap(([field, files]) =>
		[files].flat().flatMap((file) => {
			if (!isRecord(file) || typeof file.filepath !== 'string') return [];
			const { originalFilename: name, mimetype: type } = file;
			return [
				{
					field,
					path: file.filepath,
					name: typeof name === 'string' ? name : field,
					...(typeof type === 'string' && { type }),
				},
			];
		}),
	);
}
