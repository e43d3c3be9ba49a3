import type { BatchRun, ItemRun } from './context';

/** One item of a batch, as an operation sees it that works on one. */
export function itemAt(context: BatchRun, index: number): ItemRun {
	return {
		...context,
		input: context.items[index] ?? { json: {} },
		parameter: (name, fallback) => context.parameter(name, index, fallback),
		parameterAt: (other, name, fallback) => context.parameter(name, other, fallback),
		namesRecord: () => {},
		turn: async () => {},
	};
}
