import type { IDataObject } from 'n8n-workflow';

import type { Check } from '../batch/checkWritten';
import type { ReportedRows } from './reported';
import { hints } from './hintWords';
import { listed, rowsOf } from './words';

/** Longer values are shown by their beginning: what was cut is most often the end. */
const longestValue = 100;

/** So many fields are shown of a row, and in a sentence. */
const mostFields = 20;

function shownValue(value: unknown): unknown {
	const text = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
	if (typeof text !== 'string' || text.length <= longestValue) return value ?? null;
	return `${text.slice(0, longestValue)}… (${text.length} characters)`;
}

/** What a check says in the item of its row. */
export function checkIn(check: Check | undefined): IDataObject {
	if (check === undefined) return {};
	if (check.is !== 'different') return { verified: check.is === 'same' };
	const shown = check.differences.slice(0, mostFields);
	const more = check.differences.length - shown.length;
	const differences = shown.map(({ name, sent, held }) => [
		name,
		{ sent: shownValue(sent), inPlanhat: shownValue(held) },
	]);
	return {
		verified: false,
		differences: Object.fromEntries(differences) as IDataObject,
		...(more > 0 && { moreDifferences: more }),
	};
}

interface Checked {
	verified: number;
	notVerified: number;
	/** How many rows differ in each field. */
	fields: ReadonlyMap<string, number>;
}

function countChecks({ outcomes, checkAt }: Pick<ReportedRows, 'outcomes' | 'checkAt'>): Checked | undefined {
	if (checkAt === undefined) return undefined;
	const fields = new Map<string, number>();
	let [verified, notVerified] = [0, 0];
	for (const at of outcomes.keys()) {
		const check = checkAt(at);
		if (check?.is === 'same') verified += 1;
		else if (check !== undefined) notVerified += 1;
		if (check?.is !== 'different') continue;
		for (const { name } of check.differences) fields.set(name, (fields.get(name) ?? 0) + 1);
	}
	return { verified, notVerified, fields };
}

function mostFirst(fields: Checked['fields']): Array<[string, number]> {
	return [...fields].sort(([, one], [, other]) => other - one).slice(0, mostFields);
}

/** What a summary says of the rows that were read back. */
export function checksIn(reported: Pick<ReportedRows, 'outcomes' | 'checkAt'>): IDataObject {
	const counted = countChecks(reported);
	if (counted === undefined) return {};
	const { verified, notVerified, fields } = counted;
	return { verified, notVerified, ...(fields.size > 0 && { differingFields: Object.fromEntries(mostFirst(fields)) }) };
}

/** Says above the output that Planhat holds rows otherwise than they were sent; nothing where it holds all of them so. */
export function verifyHints(reported: Pick<ReportedRows, 'outcomes' | 'checkAt' | 'unread'>): string[] {
	const { notVerified = 0, fields } = countChecks(reported) ?? {};
	const named = mostFirst(fields ?? new Map()).map(([name, rows]) => `${name} (${rowsOf(rows)})`);
	const unread = (reported.unread ?? []).map((reason) => hints.notReadBack(reason));
	return [...(notVerified > 0 ? [hints.notVerified(notVerified, listed(named))] : []), ...unread];
}
