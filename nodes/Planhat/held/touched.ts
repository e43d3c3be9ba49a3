import type { Settled } from '../batch/outcomes';
import { tooMany } from '../batch/stopAbove';
import type { BatchRun } from '../run/context';
import type { NodeError } from '../transport/errors';
import type { PlannedRow } from './plannedRows';
import type { Guards } from './writeGuards';

/** How many rows of a run would do what. */
export class Touched {
	/** Records that are ended because rows follow them. */
	closed = 0;

	private created = 0;

	private changed = 0;

	private refused = 0;

	private rows = 0;

	add(row: PlannedRow | Settled): void {
		this.rows += 1;
		if (!('is' in row)) {
			if ('why' in row) this.refused += 1;
		} else if (row.is === 'refused' || row.is === 'ignored') this.refused += 1;
		else if (row.is === 'create') this.created += 1;
		else if (row.is === 'update') this.changed += 1;
	}

	/** @returns why nothing may be sent; undefined where it may */
	refusal(
		{ node, model }: Pick<BatchRun, 'node' | 'model'>,
		{ stopAbove }: Pick<Guards, 'stopAbove'>,
	): NodeError | undefined {
		const { created, changed, closed, refused, rows } = this;
		const touched = created + changed + closed + refused;
		const ended =
			closed === 0 ? '' : ` (and ${closed} ${closed === 1 ? model.singular : model.plural} before them ended)`;
		const said = `${created} would be created, ${changed} changed${ended}, ${refused} are refused`;
		return stopAbove && tooMany(node, stopAbove, { touched, rows, said });
	}
}
