/** What the documents say of one model, reduced to what the registry has to agree with. */
export interface Facts {
	path: string;
	fields: Array<{ name: string; required: boolean; readOnly: boolean; days: boolean }>;
	keys: string[];
	prefixes: string[];
	operations: string[];
	filters: string[];
	pageMaximum: number | null;
	pageDocumented: boolean;
}

interface DocumentedModel {
	name: string;
	path: string;
	operations: Record<string, unknown>;
	keyables: string[];
	idPrefixesAccepted: { getById: string[] };
	listFilters: Array<{ name: string }>;
	listLimit: { max: number | null; evidence: string };
	fields: Array<{ name: string; required?: boolean; readOnly?: boolean; writeSeen?: boolean; dateFormat?: string }>;
}

const common = ['limit', 'offset', 'sort', 'select'];

/** Reduces `models.json` of the API reference to what the registry has to agree with. */
export function extractFacts(models: DocumentedModel[]): Record<string, Facts> {
	return Object.fromEntries(
		models.map((model) => [
			model.name,
			{
				path: model.path,
				fields: model.fields.map(({ name, required, readOnly, writeSeen, dateFormat }) => ({
					name,
					required: required === true,
					readOnly: readOnly === true && writeSeen !== true,
					days: dateFormat === 'epochDays',
				})),
				keys: model.keyables,
				prefixes: model.idPrefixesAccepted.getById,
				operations: Object.keys(model.operations),
				filters: model.listFilters.map(({ name }) => name).filter((name) => !common.includes(name)),
				pageMaximum: model.listLimit.max,
				pageDocumented: model.listLimit.evidence === 'official',
			},
		]),
	);
}
