import type { PlanhatAnswer, PlanhatRefusal } from '../../transport/answer';
import type { PlanhatRequest } from '../../transport/request';
import type { Transport } from '../../transport/transport';
import type { OrderedWrite } from './writeOrder';

/** The door to Planhat of one item among several that are under way: it waits for its turn, and counts its own writes. */
export class ItemTransport implements Transport {
	writes = 0;

	constructor(
		private readonly transport: Transport,
		private readonly write: Pick<OrderedWrite, 'turn'>,
	) {}

	get effort(): Transport['effort'] {
		return this.transport.effort;
	}

	get signal(): AbortSignal | undefined {
		return this.transport.signal;
	}

	async send(request: PlanhatRequest): Promise<PlanhatAnswer> {
		const answer = await this.trySend(request);
		if ('error' in answer) throw answer.error;
		return answer;
	}

	async trySend(request: PlanhatRequest, leaving?: () => void): Promise<PlanhatAnswer | PlanhatRefusal> {
		await this.write.turn();
		return await this.transport.trySend(request, () => {
			if (request.method !== 'GET') this.writes += 1;
			leaving?.();
		});
	}

	refusalOf(...of: Parameters<Transport['refusalOf']>): ReturnType<Transport['refusalOf']> {
		return this.transport.refusalOf(...of);
	}

	said(body: unknown): unknown {
		return this.transport.said(body);
	}

	wantedAtOnce(host?: PlanhatRequest['host']): number {
		return this.transport.wantedAtOnce(host);
	}
}
