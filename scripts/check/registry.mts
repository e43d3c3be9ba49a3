import { models } from '../../nodes/Planhat/resources/index.ts';
import type { Field, Model } from '../../nodes/Planhat/resources/types.ts';
import { EarlyFinding, type PlanhatRow, type ProbeReader } from './probing.mts';

/** How the records of a model differ from what the registry says. Names and types only. */
export type Compared = {
	resource: string;
	records: number;
	skipped?: string;
	fields: Record<string, string[]>;
	unknown: string[];
	/** Fields with a name that might hold something of the tenant's; they are counted only. */
	unnamed: number;
	otherTypes: string[];
	requiredButBlank: string[];
};

const texts = new Set<Field['type']>(['text', 'key', 'email', 'id', 'user', 'date', 'isoDay', 'choice']);
const lists = new Set<Field['type']>(['texts', 'ids', 'users', 'objects', 'members', 'endusers', 'records']);
const jsonTypes: Partial<Record<Field['type'], string>> = {
	number: 'number',
	day: 'number',
	boolean: 'boolean',
	object: 'object',
};

function wanted(type: Field['type']): string | undefined {
	if (texts.has(type)) return 'string';
	return lists.has(type) ? 'array' : jsonTypes[type];
}

function typeOf(value: unknown): string {
	return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
}

function isBlank(value: unknown): boolean {
	return value === undefined || value === null || value === '';
}

function compare(model: Model, rows: readonly PlanhatRow[]): Compared {
	const known = new Map(model.fields.map((field) => [field.heldAs ?? field.name, field]));
	const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
	const isNew = (name: string) => name !== '_id' && !known.has(name);
	const isSpeakable = (name: string) => !isNew(name) || /^_?[a-z][A-Za-z0-9]{0,30}$/.test(name);
	const typesOf = (name: string) =>
		[...new Set(rows.filter((row) => name in row).map((row) => typeOf(row[name])))].sort();
	return {
		resource: model.resource,
		records: rows.length > 0 ? 1 : 0,
		fields: Object.fromEntries(names.filter(isSpeakable).map((name) => [name, typesOf(name)])),
		unknown: names.filter((name) => isNew(name) && isSpeakable(name)),
		unnamed: names.filter((name) => !isSpeakable(name)).length,
		otherTypes: names.filter((name) => {
			const type = wanted(known.get(name)?.type ?? 'unknown');
			return type !== undefined && typesOf(name).some((found) => found !== type && found !== 'null');
		}),
		requiredButBlank: model.fields
			.filter(({ required, name, heldAs }) => required === true && rows.some((row) => isBlank(row[heldAs ?? name])))
			.map(({ name }) => name),
	};
}

/** Reads a few records of each model that can be listed, and compares them with the registry. */
export async function compareRegistry(planhat: ProbeReader, say: (line: string) => void): Promise<Compared[]> {
	const compared: Compared[] = [];
	for (const model of models.filter(({ operations }) => operations.includes('getAll'))) {
		let result: Compared = { ...compare(model, []), skipped: 'not asked' };
		try {
			const kind = model.kind === undefined ? {} : { [model.kind.fields[0] ?? 'type']: model.kind.value };
			const rows = await planhat.list(model.path, { limit: 5, ...kind });
			result = compare(model, rows);
		} catch (error) {
			if (!(error instanceof Error)) throw error;
			result.skipped = error instanceof EarlyFinding ? (error.finding.why ?? '') : 'no more calls, or no answer';
		}
		say(`${model.resource}: ${describe(result)}`);
		compared.push(result);
	}
	return compared;
}

/** In a line, what is other than the registry says. */
export function describe({ records, skipped, unknown, unnamed, otherTypes, requiredButBlank }: Compared): string {
	if (skipped !== undefined) return `skipped, ${skipped}`;
	if (records === 0) return 'no records to compare';
	const parts = [
		[unknown.length > 0, `unknown fields ${unknown.join(', ')}`],
		[unnamed > 0, `${unnamed} fields with unusual names`],
		[otherTypes.length > 0, `other types ${otherTypes.join(', ')}`],
		[requiredButBlank.length > 0, `required, but blank ${requiredButBlank.join(', ')}`],
	] as const;
	return parts.flatMap(([isSo, words]) => (isSo ? [words] : [])).join('; ') || 'as in the registry';
}
