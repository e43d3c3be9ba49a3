import { withArticle } from '../resources/model';
import { isAddedName } from '../resources/addedNames';
import { isOfSimplified } from '../resources/plainNames';
import type { Field, Model } from '../resources/types';
import { hasCustomFields, type CustomField } from '../tenant/customFields';
import { customPrefix } from '../tenant/mapperColumns';
import { cleaned, isNameOfN8n, commonSpelling, nearestField, spelling } from './columnNames';
import type { Rules, UnknownFields } from './rules';

/** What is known when names are resolved. */
export interface Known {
	readonly model: Model;
	readonly rules: Rules;
	/** Whether the columns are those of the input, so that their spelling is not that of somebody who knows Planhat. */
	readonly isAutomatic: boolean;
	/** By their exact names. */
	readonly customFields: ReadonlyMap<string, CustomField>;
	/** Whether Planhat was asked for them; before that they are those that the editor has stored. */
	readonly customFieldsRead: boolean;
	/** Why they could not be read. */
	readonly customFieldReason?: string;
}

/** What a name means, before anything is known of its values. */
export type Meaning =
	| { to: 'field' | 'custom'; field: Field; isKnown: boolean; isExact: boolean }
	| { to: 'inside' }
	| { to: 'nowhere'; why: 'unknown' | 'readOnly' | 'n8n' | 'added'; nearest?: string }
	| { to: 'refused'; why: string; nearest?: string }
	/** The custom fields have to be read to tell. */
	| { to: 'asked' };

const idField: Field = { name: '_id', type: 'id', description: '' };

/** A name of no field, which would change what an object is. */
const prototypeName = '__proto__';

function meaningOf(to: 'field' | 'custom', field: Field, isExact: boolean): Meaning {
	return field.readOnly ? { to: 'nowhere', why: 'readOnly' } : { to, field, isKnown: true, isExact };
}

function standardMeaning({ model, rules }: Known, name: string): Meaning | undefined {
	if (name === '__v') return { to: 'nowhere', why: 'readOnly' };
	if (name === '_id') {
		const isKey = rules.writes === 'either' && model.keys.includes('_id');
		return isKey
			? meaningOf('field', { ...idField, refersTo: model.resource }, true)
			: { to: 'nowhere', why: 'readOnly' };
	}
	const field = model.fields.find((candidate) => candidate.name === name);
	if (field === undefined) return undefined;
	return name === 'custom' ? { to: 'inside' } : meaningOf('field', field, true);
}

function customFieldBy({ customFields }: Known, name: string): CustomField | undefined {
	const exact = customFields.get(name);
	if (exact !== undefined) return exact;
	const alike = [...customFields.values()].filter((field) => cleaned(field.name) === name);
	return alike.length === 1 ? alike[0] : undefined;
}

/** The field that a name differs from in its spelling only, or that other models call so; none where it fits several. */
function respelledMeaning({ model, customFields, rules }: Known, name: string): Meaning | undefined {
	// A simplified item may come back as a row.
	if (rules.options.unknownFields !== 'custom' && isOfSimplified(model, name))
		return { to: 'nowhere', why: 'readOnly' };
	const wanted = spelling(name);
	if (wanted === '') return undefined;
	const fields = model.fields.filter((field) => field.name !== 'custom');
	const common = commonSpelling(name);
	const standard = fields.filter((field) => spelling(field.name) === wanted);
	const custom = [...customFields.values()].filter((field) => spelling(field.name) === wanted);
	const called = fields.filter((field) => commonSpelling(field.name) === common);
	const [found, ...others] = standard.length + custom.length > 0 ? [...standard, ...custom] : called;
	if (found === undefined || others.length > 0) return undefined;
	return meaningOf(custom.length === 0 ? 'field' : 'custom', found, false);
}

function unknownWords(known: Known, name: string, nearest: string | undefined): string {
	const { model, customFieldReason } = known;
	const hint = nearest === undefined ? '' : `; the nearest is '${nearest}'`;
	const unsure = `, as far as can be told without the custom fields (${customFieldReason})`;
	const words = `Planhat knows no field '${name}' of ${withArticle(model.singular)}`;
	return `${words}${customFieldReason === undefined ? '' : unsure}${hint}`;
}

/** Exports write custom fields with a word for that: `Custom: Plan`, `custom_Plan`, `Plan (custom)`. */
function nearestCustom(customFields: Known['customFields'], name: string): string | undefined {
	const plain = name.replace(/^custom(?: fields?)?[\s.:_\-/[]+|\s*\(custom(?: field)?\)$/i, '').replace(/\]$/, '');
	const wanted = plain === name ? undefined : spelling(plain);
	return [...customFields.values()].find((field) => !field.readOnly && spelling(field.name) === wanted)?.name;
}

function unknownMeaning(known: Known, name: string, customName: string | undefined): Meaning {
	const { model, customFields, rules } = known;
	const standard = customName === undefined ? model.fields.filter(({ readOnly }) => !readOnly) : [];
	const candidates: Field[] = [...standard, ...[...customFields.values()].filter(({ readOnly }) => !readOnly)];
	const nearest = nearestCustom(customFields, name) ?? nearestField(customName ?? name, candidates)?.name;
	const isName = !['', prototypeName].includes(customName ?? name);
	const option: UnknownFields = isName ? rules.options.unknownFields : 'ignore';
	if (option === 'refuse') return { to: 'refused', why: unknownWords(known, name, nearest), nearest };
	const isCustom = customName !== undefined || option === 'custom';
	if (option === 'ignore' || (isCustom && !hasCustomFields(model))) return { to: 'nowhere', why: 'unknown', nearest };
	const field: Field = { name: customName ?? name, type: 'unknown', description: '' };
	return { to: isCustom ? 'custom' : 'field', field, isKnown: false, isExact: true, ...(nearest && { nearest }) };
}

/**
 * Finds out what the name of a column means.
 * @param raw as it stands in the input; within `custom` with that and a point before it
 */
export function resolveName(known: Known, raw: string): Meaning {
	const meaning = meaningOfName(known, raw);
	if (isSaidOnly(known, raw, meaning))
		return { to: 'refused', why: `'${cleaned(raw)}' of ${withArticle(known.model.singular)} is set by Planhat alone` };
	if (meaning.to !== 'field' || !meaning.field.opensToCustomers || !known.rules.options.keepsClosed) return meaning;
	const why = `'${meaning.field.name}' opens data to customers, and a tool sets it only where its form has the field`;
	return { to: 'refused', why };
}

/** Whether a name is that of something to read, where nobody may believe that it was written. A change has its record named elsewhere. */
function isSaidOnly({ model, rules }: Known, raw: string, meaning: Meaning): boolean {
	const name = cleaned(raw);
	if (!rules.options.refusesReadOnly || name === '__v' || (name === '_id' && rules.writes === 'changes')) return false;
	if (meaning.to === 'nowhere') return meaning.why === 'readOnly' || meaning.why === 'added';
	return meaning.to === 'refused' && isOfSimplified(model, name);
}

function meaningOfName(known: Known, raw: string): Meaning {
	const name = cleaned(raw);
	const standard = standardMeaning(known, name);
	if (standard !== undefined) return standard;
	const isDotted = hasCustomFields(known.model) && name.startsWith(customPrefix);
	const customName = isDotted ? cleaned(name.slice(customPrefix.length)) : undefined;
	const custom = customFieldBy(known, customName ?? name);
	if (custom !== undefined) return meaningOf('custom', custom, true);
	// No request is worth a name that is n8n's in nearly every tenant; where custom fields are known, the tenant's own wins.
	if (isNameOfN8n(name)) return { to: 'nowhere', why: 'n8n' };
	if (!known.customFieldsRead && name !== '') return { to: 'asked' };
	if (
		!isDotted &&
		known.rules.options.unknownFields !== 'custom' &&
		isAddedName(known.model, known.customFields.values(), name)
	)
		return { to: 'nowhere', why: 'added' };
	const respelled = known.isAutomatic && !isDotted ? respelledMeaning(known, name) : undefined;
	return respelled ?? unknownMeaning(known, name, customName);
}
