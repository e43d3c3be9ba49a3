import type { ServedModel } from './model.mts';
import type { Store } from './store.mts';
import { isGiven, Refusal, type JsonObject, type JsonValue, type PlanhatRecord } from './types.mts';

/**
 * Replaces references to a company by its `_id` and fills in its name. `extid-` and `srcid-` are taken where the model
 * takes them (reference.md, 6). The hints are that by which a missing company is looked for: on create the whole body.
 */
export function connectCompany(store: Store, model: ServedModel, fields: JsonObject, hints: JsonObject): JsonObject {
	const field = model.companyField;
	if (field === null) return fields;
	if (field === 'companyIds') {
		const ids = fields[field];
		if (Array.isArray(ids)) for (const id of ids) resolve(store, model, id);
		return fields;
	}
	const reference = fields[field];
	if (!isGiven(reference) || reference === undefined) {
		return withImpliedCompany(store, model, fields, hints);
	}
	const resolved = resolve(store, model, reference);
	if (typeof resolved === 'string') return { ...fields, [field]: resolved };
	return { ...fields, ...companyFields(model, resolved) };
}

/** The `_id` that a reference to a company stands for; undefined when there is no such company. */
export function companyIdOf(store: Store, reference: JsonValue | undefined): string | undefined {
	const text = String(reference);
	return companyByKey(store, text)?._id ?? (isId(text) ? text : undefined);
}

/** The company, or the id alone when it is well formed but unknown here. */
function resolve(store: Store, model: ServedModel, reference: JsonValue): PlanhatRecord | string {
	const text = String(reference);
	if (model.companyPrefixes && /^(extid|srcid)-/.test(text)) {
		const found = companyByKey(store, text);
		if (found === undefined) throw new Refusal(400, `Company ${text} not found`);
		return found;
	}
	if (!isId(text)) throw new Refusal(400, `${model.companyField ?? 'companyId'} is invalid`);
	return store.collection('companies').get(text) ?? text;
}

function companyByKey(store: Store, text: string): PlanhatRecord | undefined {
	const field = { 'extid-': 'externalId', 'srcid-': 'sourceId' }[text.slice(0, 6)];
	return field === undefined ? undefined : store.collection('companies').find(field, text.slice(6))[0];
}

function isId(text: string): boolean {
	return /^[0-9a-f]{24}$/i.test(text);
}

function withImpliedCompany(store: Store, model: ServedModel, fields: JsonObject, hints: JsonObject): JsonObject {
	const companies = store.collection('companies');
	const externalId = hints['companyExternalId'];
	const found = isGiven(externalId)
		? companies.find('externalId', externalId)[0]
		: impliedDomains(model, hints).flatMap((domain) => companies.find('domains', domain))[0];
	return found === undefined ? fields : { ...fields, ...companyFields(model, found) };
}

/** End users find their company by the domain of their e-mail, tickets by `domains` (models.json). */
function impliedDomains(model: ServedModel, hints: JsonObject): string[] {
	if (model.path === 'endusers' && typeof hints['email'] === 'string') return hints['email'].split('@').slice(-1);
	return model.path === 'tickets' && Array.isArray(hints['domains']) ? hints['domains'].map(String) : [];
}

function companyFields(model: ServedModel, company: PlanhatRecord): JsonObject {
	const named = model.companyNameField === null ? {} : { [model.companyNameField]: company['name'] ?? '' };
	return model.companyField === null ? {} : { [model.companyField]: company._id, ...named };
}
