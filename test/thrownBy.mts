import type { IDataObject } from 'n8n-workflow';

/** What a function throws, so that more than its message can be looked at. */
export async function thrownBy(run: () => unknown): Promise<Error & { description?: string; context?: IDataObject }> {
	try {
		await run();
	} catch (error) {
		if (error instanceof Error) return error;
		throw error;
	}
	throw new Error('Nothing was thrown');
}
