import type { INode } from 'n8n-workflow';

/** Since then simplified records are flat, items of rows carry a name, and a tool waits for half a minute at most. */
const peoplesVersion = 1.1;

/** Whether a node of this version shows items as people know them. A workflow that was saved with an older node stays as it is. */
export function isForPeople(version: number): boolean {
	return version >= peoplesVersion;
}

/** The same of a node in a workflow. */
export function showsForPeople({ typeVersion }: Pick<INode, 'typeVersion'>): boolean {
	return isForPeople(typeVersion);
}

/** The same node as one of that version: nodes that came after it have no older shape. */
export function asForPeople(node: INode): INode {
	return { ...node, typeVersion: peoplesVersion };
}
