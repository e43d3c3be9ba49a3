import type { IExecuteFunctions, IExecuteSingleFunctions, NodeExecutionHint } from 'n8n-workflow';

/** n8n has no place for hints of a routed node; one that gets it is told them. */
type MayTakeHints = Partial<Pick<IExecuteFunctions, 'addExecutionHints'>>;

/**
 * What a node sees of a run, made from what n8n's routing gives for each of its items: then one runner serves both.
 * @param first the context of the first item
 * @param others those of the others, in the order of the items
 */
export function allItems(first: IExecuteSingleFunctions, ...others: IExecuteSingleFunctions[]): IExecuteFunctions {
	const singles = [first, ...others];
	const items = singles.map((single) => single.getInputData());
	const at = (index = 0) => singles[index] ?? first;
	return Object.create(first, {
		getInputData: { value: () => items },
		getNodeParameter: {
			value: (...[name, index, ...rest]: Parameters<IExecuteFunctions['getNodeParameter']>) =>
				at(index).getNodeParameter(name, ...rest),
		},
		getCredentials: { value: async (type: string, index?: number) => await at(index).getCredentials(type) },
		addExecutionHints: {
			value: (...hints: NodeExecutionHint[]) => (first as MayTakeHints).addExecutionHints?.(...hints),
		},
	}) as IExecuteFunctions;
}
