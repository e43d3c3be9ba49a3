import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../../Planhat/values/checks';

/** A file that came with a delivery. */
export interface BodyFile {
	/** Its name in the binary data of the item. */
	property: string;
	/** As it was named on the sender's side. */
	name?: string;
	type?: string;
	/** Its bytes, or the file on disk in which n8n has stored it for the time of the request. */
	content: Buffer | { path: string };
}

/**
 * All fields of a form; n8n itself reads no more than 1,000.
 * @param entries names and values; a name that comes several times has a list
 */
export function formFields(entries: Iterable<[string, string]>): Record<string, unknown> {
	const fields = new Map<string, string[]>();
	for (const [name, value] of entries) {
		const values = fields.get(name);
		if (values === undefined) fields.set(name, [value]);
		else values.push(value);
	}
	return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

/**
 * Reads a form with files.
 * @param contentType with the boundary of its parts
 * @returns undefined when it is no such form
 */
export async function parseForm(
	bytes: Buffer,
	contentType: string,
): Promise<{ value: unknown; files: BodyFile[] } | undefined> {
	const texts: Array<[string, string]> = [];
	const files: BodyFile[] = [];
	try {
		const form = await new Response(bytes, { headers: { 'Content-Type': contentType } }).formData();
		for (const [field, value] of form.entries()) {
			if (typeof value === 'string') texts.push([field, value]);
			else {
				const content = Buffer.from(await value.arrayBuffer());
				files.push({
					property: `${field}_${files.length}`,
					name: value.name,
					content,
					...(value.type !== '' && { type: value.type }),
				});
			}
		}
	} catch {
		return undefined;
	}
	return { value: formFields(texts), files };
}

/** The files of a form that n8n has parsed. */
export function filesOfParsedForm({ files }: IDataObject): BodyFile[] {
	if (!isObject(files)) return [];
	const stored = Object.entries(files).flatMap(([field, some]) => [some].flat().map((file) => ({ field, file })));
	return stored.flatMap(({ field, file }, place) => {
		if (!isObject(file) || typeof file.filepath !== 'string') return [];
		const { originalFilename: name, mimetype: type } = file;
		return [
			{
				property: `${field}_${place}`,
				name: typeof name === 'string' ? name : field,
				content: { path: file.filepath },
				...(typeof type === 'string' && { type }),
			},
		];
	});
}
