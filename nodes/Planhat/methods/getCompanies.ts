import type { IDataObject, ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { company } from '../resources/company';
import { eventLoopYielder } from '../run/eventLoop';
import { companyList } from '../tenant/keptLists';
import { loadFromPlanhat } from './editorTransport';
import { entriesOf, labelText } from '../tenant/recordLabels';
import { folded, matcher, searcher } from '../tenant/textSearch';

/** Companies that match a search, in the order of their names. */
interface Found {
	/** As many as were asked for. */
	records: IDataObject[];
	/** How many match in all. */
	total: number;
}

/** Stands behind the name in a key; it comes before all that a name may hold. */
const separator = '\n';

/**
 * Looks through the companies of a tenant.
 * @param search what the user typed; those whose name begins with it come first
 */
export async function findCompanies(
	records: readonly IDataObject[],
	search: string,
	offset: number,
	limit: number,
): Promise<Found> {
	const beginning = folded(search.trim());
	const matches = matcher(search);
	const textOf = searcher(company);
	const yieldToEventLoop = eventLoopYielder();
	const keys: string[] = [];
	for (const [index, record] of records.entries()) {
		const pause = yieldToEventLoop();
		if (pause !== undefined) await pause;
		if (beginning !== '' && !matches(textOf(record))) continue;
		const name = folded(labelText(record.name));
		keys.push(`${name.startsWith(beginning) ? 0 : 1}${name}${separator}${index}`);
	}
	await yieldToEventLoop();
	// Sorted as plain texts: by language, or by a function of ours, tens of thousands take too long.
	const found = keys.sort().slice(offset, offset + limit);
	const shown = found.map((key) => records[Number(key.slice(key.lastIndexOf(separator) + 1))]);
	return { records: shown.filter((record) => record !== undefined), total: keys.length };
}

/** The editor draws all entries at once: a thousand keep it busy for a second, ten thousand for a minute. */
const mostOptions = 300;

function idsIn(value: unknown): Set<string> {
	return new Set([value].flat().map(String));
}

/**
 * Fills "Company Names or IDs": the companies by name. Where there are more than the editor can draw, it gives the first
 * of them and those that are chosen already, and says that the filter 'Company' finds the others.
 * @throws NodeOperationError or NodeApiError, in words for the person at the editor
 */
export async function getCompanies(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const chosen = idsIn(this.getCurrentNodeParameter('filters.companyId') ?? []);
	return await loadFromPlanhat(this, async (transport, owner) => {
		const companies = await companyList(transport, owner, true);
		const { records, total } = await findCompanies(companies, '', 0, Infinity);
		const shown = records.filter(({ _id }, index) => index < mostOptions || chosen.has(String(_id)));
		const options = entriesOf(company, shown);
		if (shown.length === total) return options;
		const name = `${shown.length} of ${total.toLocaleString('en')} companies. The filter 'Company' finds the others.`;
		return [{ name, value: '', disabled: true }, ...options];
	});
}
