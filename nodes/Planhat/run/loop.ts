import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether a node stands in a loop: some node that comes after it comes before it too. */
export function isInLoop(run: Pick<IExecuteFunctions, 'getNode' | 'getParentNodes' | 'getChildNodes'>): boolean {
	const { name } = run.getNode();
	const after = new Set(run.getChildNodes(name).map((node) => node.name));
	return run.getParentNodes(name).some((node) => after.has(node.name));
}
