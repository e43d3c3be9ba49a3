import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { company } from '../resources/company';
import { asList } from '../transport/paging';
import type { Transport } from '../transport/transport';
import { entriesOf, folded, matcher, searchable } from './labels';
import { loadFromPlanhat } from './withPlanhat';

/** Companies that match a search, in the order of their names. */
interface Found {
	/** As many as were asked for. */
	records: IDataObject[];
	/** How many match in all. */
	total: number;
}

/** Texts are compared as they are: n8n's own comparison by language takes a second for tens of thousands. */
function byKey([one]: [string, unknown], [other]: [string, unknown]): number {
	return one < other ? -1 : Number(one > other);
}

/**
 * Looks through all companies of the tenant. One request: Planhat does not page its lean list, and takes no search text
 * there.
 * @param transport of the editor
 * @param search what the user typed; those whose name begins with it come first
 * @param offset how many to skip
 * @param limit how many to hand over
 */
export async function findCompanies(
	transport: Transport,
	search: string,
	offset: number,
	limit: number,
): Promise<Found> {
	const target = { verb: 'list', record: company.plural, permission: company.name };
	const { body } = await transport.send({ method: 'GET', url: '/leancompanies', target });
	const beginning = folded(search.trim());
	const matches = matcher(search);
	const found = asList(body, company.plural)
		.filter((record) => typeof record._id === 'string' && (beginning === '' || matches(searchable(company, record))))
		.map((record): [string, IDataObject] => {
			const name = folded(String(record.name ?? '').trim());
			return [`${name.startsWith(beginning) ? 0 : 1}${name}`, record];
		})
		.sort(byKey);
	return { records: found.slice(offset, offset + limit).map(([, record]) => record), total: found.length };
}

/** The editor draws all entries at once: a thousand keep it busy for a second, ten thousand for a minute. */
const mostOptions = 300;

function idsIn(value: unknown): Set<string> {
	return new Set([value].flat().map(String));
}

/**
 * Fills "Company Names or IDs": the companies by name. Where there are more than the editor can draw, it gives the first
 * of them and those that are chosen already, and says that 'Company Search' narrows the list down.
 * @throws NodeOperationError or NodeApiError, in words for the person at the editor
 */
export async function getCompanies(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const search = String(this.getCurrentNodeParameter('filters.companySearch') ?? '');
	const chosen = idsIn(this.getCurrentNodeParameter('filters.companyId') ?? []);
	return await loadFromPlanhat(this, async (transport) => {
		const { records, total } = await findCompanies(transport, search, 0, Infinity);
		const shown = records.filter(({ _id }, index) => index < mostOptions || chosen.has(String(_id)));
		const options = entriesOf(company, shown);
		if (shown.length === total) return options;
		const name = `${shown.length} of ${total.toLocaleString('en')} companies. Add 'Company Search' to list others.`;
		return [{ name, value: '', disabled: true }, ...options];
	});
}
