import type { Model } from '../resources/types';
import { asksFirst, type Guards } from './writeGuards';

/**
 * The requests that it takes to find the records of rows, in words: how many records there are only Planhat knows.
 * @param verifies whether the records are read again after the run
 * @returns undefined where no record is read
 */
export function readsFirst(
	guards: Guards,
	verifies: boolean,
	{ resource, plural, page }: Pick<Model, 'resource' | 'plural' | 'page'>,
): string | undefined {
	const reads = asksFirst(guards);
	if (!reads && !verifies) return undefined;
	const keysAlone = !guards.isPreview && guards.kept.size === 0 && guards.stopAbove === undefined;
	const pages = `1 request for every ${page.maximum.toLocaleString('en')} ${plural} in Planhat, fewer for few rows`;
	const before = resource === 'company' && keysAlone ? '1 request' : pages;
	if (!verifies || guards.isPreview) return before;
	return reads ? `${before}; to verify, ${pages}` : pages;
}
