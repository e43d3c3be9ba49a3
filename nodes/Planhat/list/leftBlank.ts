import type { IDataObject } from 'n8n-workflow';

/** The limit that n8n's guidelines begin with; the most that an agent gets of a list that it did not filter. */
export const usualLimit = 50;

/** Tells an agent, in the first record that it gets, what it got where it left filters blank: it reads nothing but items. */
export function withNotice(records: IDataObject[], leftBlank: readonly string[], limit: number): IDataObject[] {
	if (leftBlank.length === 0) return records;
	const what = records.length < limit ? 'all records' : `the first ${limit} records, and there may be more`;
	const notice = `Not filtered by ${leftBlank.join(', ')}, which is empty: these are ${what}.`;
	const [first, ...others] = records;
	return [{ notice, ...first }, ...others];
}
