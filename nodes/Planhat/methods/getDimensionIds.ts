import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { metric } from '../resources/metric';
import type { Transport } from '../transport/transport';
import { isPlanhatId } from '../values/planhatId';
import { loadFromPlanhat } from './editorTransport';
import { differentValues } from './getFilterValues';
import { entryName } from '../tenant/recordLabels';
import { readSome } from './readSome';

const dayMilliseconds = 86_400_000;

/** How far back to look, in days: a day has few values, a long time may have more than are read. */
const periods = [7, 365];

/** What another client asks for at a time (reference, "Metrics"). */
const mostValues = 10_000;

/**
 * The metrics that have values of late. Planhat has no list of its metrics; one without a value in the last year is not
 * among them.
 * @param cId of the company whose metrics are wanted; of all where it is left out
 */
export async function dimensionIdsSeen(transport: Transport, cId?: string): Promise<string[]> {
	const today = Math.floor(Date.now() / dayMilliseconds);
	for (const days of periods) {
		const qs = { ...(cId !== undefined && { cId }), from: today - days, to: today };
		const values = differentValues(await readSome(transport, metric, qs, mostValues), 'dimensionId');
		if (values.length > 0) return values;
	}
	return [];
}

/**
 * Fills "Metric Name or ID" with the metrics that have values of late.
 * @throws NodeOperationError or NodeApiError, in words for the person at the editor
 */
export async function getDimensionIds(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	const one = this.getCurrentNodeParameter('filters.company', { extractValue: true });
	const [company] = [one || (this.getCurrentNodeParameter('filters.companyId') ?? [])].flat();
	const cId = typeof company === 'string' && isPlanhatId(company) ? company : undefined;
	const values = await loadFromPlanhat(this, async (transport) => await dimensionIdsSeen(transport, cId));
	return values.map((value) => ({ name: entryName(value), value }));
}
