import type { IDataObject } from 'n8n-workflow';

import { companyNamed, type CompanyIds } from '../batch/recordIndex';
import type { BatchRun } from '../run/context';
import { fetchPages } from '../transport/paging';
import type { PlanhatRequest } from '../transport/request';
import { isBlank, isObject } from '../values/checks';
import { onceInRun } from './onceInRun';
import type { WrittenRows } from './openRows';

type Run = Pick<BatchRun, 'model' | 'transport' | 'yieldToEventLoop'>;

const leanCompanies: PlanhatRequest = {
	method: 'GET',
	url: '/leancompanies',
	target: { verb: 'list', record: 'companies', permission: 'Company' },
};

/** The keys that all companies have: Planhat does not page this list. */
export const fetchLean = onceInRun(async ({ transport }: Pick<Run, 'transport'>): Promise<IDataObject[]> => {
	const { body } = await transport.send(leanCompanies);
	return Array.isArray(body) ? body.filter(isObject) : [];
});

function isOwnKey(reference: string | undefined): boolean {
	return reference !== undefined && /^(ext|src)id-/.test(reference);
}

/** Whether rows name companies by keys of one's own, so that their list has to be read. */
export function nameByOwnKeys(model: Run['model'], rows: WrittenRows): boolean {
	return rows.some(({ fields }) => isOwnKey(companyNamed(model, fields)));
}

/** The companies that rows name by keys of one's own, where any does: one request. */
export async function fetchCompanyIds(run: Run, rows: WrittenRows): Promise<CompanyIds> {
	const ids = new Map<string, string>();
	if (!nameByOwnKeys(run.model, rows)) return ids;
	for (const { _id, externalId, sourceId } of await fetchLean(run)) {
		if (!isBlank(externalId)) ids.set(`extid-${String(externalId)}`, String(_id));
		if (!isBlank(sourceId)) ids.set(`srcid-${String(sourceId)}`, String(_id));
	}
	return ids;
}

/** The `_id` of the company that has an email domain; of several, the oldest. */
export type CompanyDomains = ReadonlyMap<string, string>;

/** The email domains of all companies, by which Planhat finds the company of a person. */
export async function fetchDomains({ transport, yieldToEventLoop }: Run): Promise<CompanyDomains> {
	const domains = new Map<string, string>();
	const target = { verb: 'list', record: 'companies', permission: 'Company' };
	await fetchPages({
		plural: 'companies',
		pageMaximum: 5_000,
		limit: Infinity,
		filtered: true,
		keep(company) {
			const own: unknown[] = Array.isArray(company.domains) ? company.domains : [];
			for (const each of own) {
				const domain = String(each).toLowerCase();
				if (!domains.has(domain)) domains.set(domain, String(company._id));
			}
			return false;
		},
		page: async (offset, limit) => {
			await yieldToEventLoop();
			const qs = { sort: '_id', select: 'domains', limit, offset };
			return (await transport.send({ method: 'GET', url: '/companies', qs, target })).body;
		},
	});
	return domains;
}
