import { company } from '../resources/company';
import { asList } from '../transport/paging';
import type { Transport } from '../transport/transport';

/** What other systems know a company by; null where it has none. */
export interface CompanyKeys {
	externalId: string | null;
	sourceId: string | null;
}

function keyOf(value: unknown): string | null {
	return typeof value === 'string' && value !== '' ? value : null;
}

/**
 * Reads the keys of all companies in one request: Planhat does not page this list.
 * @returns by the IDs of the companies
 * @throws NodeApiError when Planhat or the network refuses, UnreadableList when the answer is no list
 */
export async function fetchCompanyKeys(transport: Transport): Promise<ReadonlyMap<string, CompanyKeys>> {
	const { plural, name } = company;
	const target = { verb: 'list', record: plural, permission: name };
	const { body } = await transport.send({ method: 'GET', url: '/leancompanies', target });
	return new Map(
		asList(body, plural).map(({ _id, externalId, sourceId }) => [
			String(_id),
			{ externalId: keyOf(externalId), sourceId: keyOf(sourceId) },
		]),
	);
}
