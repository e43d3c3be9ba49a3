import type { IDataObject } from 'n8n-workflow';

/**
 * Records without an ID are compared so deep, and so many of their values: they may be nested without end or hold millions, and
 * what is the same down to there is taken for the same.
 */
const compared = { levels: 20, values: 50_000 };

function isSame(one: unknown, other: unknown, left: { values: number }, levels = compared.levels): boolean {
	left.values -= 1;
	if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other;
	if (Array.isArray(one) !== Array.isArray(other)) return false;
	const [values, others] = [one as IDataObject, other as IDataObject];
	const names = Object.keys(values);
	if (names.length !== Object.keys(others).length) return false;
	if (levels === 0) return true;
	return names.every((name) => left.values <= 0 || isSame(values[name], others[name], left, levels - 1));
}

/** Whether a page of a list holds the very records that the page before held, in their order. */
export function isSamePage(page: readonly IDataObject[], before: readonly IDataObject[]): boolean {
	if (page.length === 0 || page.length !== before.length) return false;
	const left = { values: compared.values };
	return page.every((record, at) => {
		const other = before[at] ?? {};
		if (record._id !== undefined) return record._id === other._id;
		return left.values <= 0 || isSame(record, other, left);
	});
}

/** The IDs of records that were handed over. Most lists come in the order of their IDs: what comes later is new. */
export class SeenIds {
	private readonly inOrder: unknown[] = [];

	private all?: Set<unknown>;

	/** @returns whether it is a new one */
	add(id: unknown): boolean {
		if (this.all === undefined) {
			const last = this.inOrder.at(-1);
			if (typeof id === 'string' && (last === undefined || (typeof last === 'string' && last < id))) {
				this.inOrder.push(id);
				return true;
			}
			this.all = new Set(this.inOrder);
		}
		const before = this.all.size;
		return this.all.add(id).size > before;
	}
}
