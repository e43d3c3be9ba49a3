import { cleaned, commonSpelling, nearestField, spelling } from '../../columns/columnNames';
import { isOwner, ownerName, plainLabelOf, plainNameOf } from '../../resources/plainNames';
import type { Field, Model } from '../../resources/types';
import type { ItemRun } from '../../run/context';
import { hasCustomFields, type CustomField } from '../../tenant/customFields';
import { customPrefix } from '../../tenant/mapperColumns';

/** A field that a condition is about. */
export interface ConditionField {
	/** Where a record holds the value, such as `phase` or `custom.Plan`. */
	path: string;
	field: Field;
}

type CustomFields = ReadonlyMap<string, CustomField>;

function onlyOne<Found>(found: readonly Found[]): Found | undefined {
	return found.length === 1 ? found[0] : undefined;
}

function standard(field: Field): ConditionField {
	return { path: field.heldAs ?? field.name, field };
}

function custom(field: CustomField): ConditionField {
	return { path: `${customPrefix}${field.name}`, field };
}

/** As records show it, or in another spelling; none where it fits several. What people call a record is its name. */
function respelled({ fields, title }: Model, name: string): Field | undefined {
	const wanted = spelling(name);
	const common = commonSpelling(name);
	const others = fields.filter((field) => field.name !== 'custom');
	const isShown = (field: Field) => plainNameOf(field.name) !== field.name && plainNameOf(field.name) === wanted;
	const isOwnerName = (field: Field) => name === ownerName && isOwner(field.name);
	const isAlike = (field: Field) =>
		spelling(field.name) === wanted || spelling(field.label ?? plainLabelOf(field.name) ?? '') === wanted;
	return (
		onlyOne(others.filter((field) => isShown(field) || isOwnerName(field))) ??
		onlyOne(others.filter(isAlike)) ??
		onlyOne(others.filter((field) => commonSpelling(field.name) === common)) ??
		(wanted === 'name' ? others.find((field) => field.name === title) : undefined)
	);
}

function customCalled(customFields: CustomFields, name: string): CustomField | undefined {
	const all = [...customFields.values()];
	return (
		customFields.get(name) ??
		onlyOne(all.filter((field) => cleaned(field.name) === name)) ??
		onlyOne(all.filter((field) => spelling(field.name) === spelling(name)))
	);
}

/** What an object of Planhat's holds is not documented. */
function inside({ fields }: Model, name: string): ConditionField | undefined {
	const outer = name.slice(0, Math.max(0, name.indexOf('.')));
	const isObject = fields.some((field) => field.name === outer && field.type === 'object');
	return isObject ? { path: name, field: { name, type: 'unknown', description: '' } } : undefined;
}

/**
 * Finds the field that a name means: Planhat's own name, a label, another spelling, or the name of a custom field.
 * @returns undefined where there is none, or where the custom fields would have to be read
 */
export function fieldCalled(model: Model, customFields: CustomFields, raw: string): ConditionField | undefined {
	const name = cleaned(raw);
	if (name === '_id') return { path: '_id', field: { name, type: 'id', description: '', refersTo: model.resource } };
	const exact = model.fields.find((field) => field.name === name);
	if (exact !== undefined) return standard(exact);
	if (name.startsWith(customPrefix)) {
		const inner = customCalled(customFields, cleaned(name.slice(customPrefix.length)));
		return inner && custom(inner);
	}
	const known = customFields.get(name);
	if (known !== undefined) return custom(known);
	const alike = respelled(model, name);
	if (alike !== undefined) return standard(alike);
	const other = customCalled(customFields, name);
	return other === undefined ? inside(model, name) : custom(other);
}

/** The same, with the custom fields where it takes them to tell. */
export async function knownField(
	{ model, tenant }: Pick<ItemRun, 'model' | 'tenant'>,
	name: string,
): Promise<ConditionField | undefined> {
	const known = fieldCalled(model, tenant.customFields, name);
	if (known !== undefined || !hasCustomFields(model) || name.trim() === '') return known;
	await tenant.learn('customFields');
	return fieldCalled(model, tenant.customFields, name);
}

/** Words of a name that say what it is about. */
function wordsOf(name: string): string[] {
	const words = name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').toLowerCase();
	return words.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 3);
}

function usefulNames({ simplified }: Model): string[] {
	return simplified.filter((name) => name !== '_id').map(plainNameOf);
}

/** So many names are offered where none is nearly the same. */
const mostOffered = 8;

/**
 * The names that may have been meant, as conditions take them and people call them: the nearest, those that share a word, or
 * the most useful ones.
 */
export function namesNear(model: Model, customFields: CustomFields, raw: string): string[] {
	const isOfCustom = raw.startsWith(customPrefix);
	const name = isOfCustom ? raw.slice(customPrefix.length) : raw;
	const own = isOfCustom ? [] : model.fields.filter((field) => field.name !== 'custom' && field.name !== '__v');
	const all = [
		...own.map((field) => ({
			...field,
			label: field.label ?? plainNameOf(field.name),
			called: plainNameOf(field.name),
		})),
		...[...customFields.values()].map((field) => ({ ...field, called: `${customPrefix}${field.name}` })),
	];
	const nearest = nearestField(name, all);
	if (nearest !== undefined) return [nearest.called];
	const words = new Set(wordsOf(name));
	const sharing = all.filter((field) => wordsOf(field.name).some((word) => words.has(word)));
	const names = sharing.length > 0 ? sharing.map(({ called }) => called) : usefulNames(model);
	return name.trim() === '' ? [] : names.slice(0, mostOffered);
}

/** Says that a name is that of no field, and which may be meant. */
export function unknownFieldText(model: Model, customFields: CustomFields, name: string, unsure = ''): string {
	const near = namesNear(model, customFields, name).map((each) => `'${each}'`);
	const [nearest, ...others] = near;
	const hint =
		nearest === undefined ? '' : `; ${others.length > 0 ? 'there are' : 'the nearest is'} ${near.join(', ')}`;
	return `'${name}' is no field of ${model.plural}${unsure}${hint}`;
}
