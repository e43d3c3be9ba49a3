import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { UnreadableList } from '../transport/paging';

/** Something that could not be read, in words for the person who built the workflow. */
export interface Unavailable {
	reason: string;
}

/**
 * Reads something that a run can go on without.
 * @returns why it could not be read, where Planhat or the network refused
 */
export async function tryTo<Found>(read: () => Promise<Found>): Promise<Found | Unavailable> {
	let thrown: unknown;
	try {
		return await read();
	} catch (error) {
		thrown = error;
	}
	const isRefusal =
		thrown instanceof NodeApiError || thrown instanceof NodeOperationError || thrown instanceof UnreadableList;
	if (isRefusal) return { reason: (thrown as Error).message };
	throw thrown;
}
