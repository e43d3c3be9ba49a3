import type { IDataObject } from 'n8n-workflow';

import type { Period } from '../../resources/types';
import { isBlank, isObject } from '../../values/checks';
import { isoTime, readDate } from '../../values/dates';

/** Between the key of an agreement and the day on which a period begins. */
const periodForm = /^(.+)_(\d{4}-\d\d-\d\d)$/;

/** The moment at which a period begins or ends; the same in whichever form it is given. */
export function momentIn(value: unknown): string | undefined {
	const date = readDate(value, 'utc');
	return date === undefined ? undefined : isoTime(date.milliseconds);
}

/** The key of an agreement, and that of its period which begins on a day. A key that holds the day stays as it is. */
export function periodKey(key: string, day: string): { agreed: string; own: string } {
	const [, before, dayOfKey] = periodForm.exec(key) ?? [];
	const agreed = before !== undefined && dayOfKey === day ? before : key;
	return { agreed, own: `${agreed}_${day}` };
}

/** The key of the agreement that a record belongs to, by the record's own key. */
export function agreementIn(key: string): string {
	return periodForm.exec(key)?.[1] ?? key;
}

/** Records by their agreements: a record from before has the key of the agreement alone. */
export class HeldPeriods {
	private readonly byAgreement = new Map<string, IDataObject[]>();

	/** The companies that have an agreement of a key. */
	private readonly companies = new Map<string, Set<string>>();

	constructor(
		records: readonly IDataObject[],
		private readonly period: Period,
		companyField: string,
	) {
		for (const record of records) {
			if (isBlank(record[period.key])) continue;
			const key = String(record[period.key]).trim();
			const owner = record[companyField];
			const company = String(isObject(owner) ? owner._id : owner);
			for (const one of [key, ...(periodForm.exec(key)?.slice(1, 2) ?? [])]) {
				const agreement = `${company} ${one}`;
				const others = this.byAgreement.get(agreement);
				if (others === undefined) this.byAgreement.set(agreement, [record]);
				else others.push(record);
				this.companies.set(one, (this.companies.get(one) ?? new Set()).add(company));
			}
		}
	}

	of(agreement: string): readonly IDataObject[] {
		return this.byAgreement.get(agreement) ?? [];
	}

	/** The company of an agreement, where only one has it. */
	companyWith(key: string): string | undefined {
		const [company, ...others] = this.companies.get(key) ?? [];
		return others.length === 0 ? company : undefined;
	}

	/** The record that is a period already, and has the key of its agreement alone. */
	without(agreement: string, { agreed, own }: ReturnType<typeof periodKey>, day: string): IDataObject | undefined {
		const { key, from } = this.period;
		const others = this.of(agreement);
		if (others.some((record) => record[key] === own)) return undefined;
		return others.find((record) => record[key] === agreed && momentIn(record[from])?.slice(0, 10) === day);
	}
}
