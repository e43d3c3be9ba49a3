import type { IDataObject } from 'n8n-workflow';

import type { BatchRun } from '../../../../nodes/Planhat/run/context.ts';
import { model, node, openDoor } from '../../fakeItem.mts';

/** A run that reads from lists, page by page, and tells what it has asked for. */
export function fakeRun(resource: string, lists: Readonly<Record<string, readonly IDataObject[]>>) {
	const asked: Array<{ url: string; qs: IDataObject }> = [];
	const send = async ({ url, qs = {} }: { url: string; qs?: IDataObject }) => {
		asked.push({ url, qs });
		const list = lists[`${url} ${String(qs.archived ?? '')}`] ?? lists[url] ?? [];
		const offset = Number(qs.offset ?? 0);
		return { status: 200, body: list.slice(offset, offset + Number(qs.limit ?? Infinity)), resent: false };
	};
	const transport = { ...openDoor, send, trySend: send, effort: { requests: 0, retries: 0, waited: 0 } };
	const run = { model: model(resource), node, transport, yieldToEventLoop: () => undefined } as unknown as BatchRun;
	return { run, asked, sent: () => asked.map(({ url }) => url) };
}
