import type { IDataObject } from 'n8n-workflow';

import type { Problem } from '../readers/reading';
import type { Rules } from '../columns/rules';

/** Planhat's documents, "Metrics": the name of a metric has no spaces. */
function check({ dimensionId }: IDataObject): Problem | undefined {
	if (!/\s/.test(String(dimensionId))) return undefined;
	const advice = "The option 'Clean Names' puts _ in place of them";
	return { field: 'dimensionId', given: String(dimensionId), wants: 'a name without spaces', advice };
}

/** What Insert asks of a row that is written. */
export const insertRules: Pick<Rules, 'writes' | 'check'> = { writes: 'new', check };
