import type { Effort } from './attempt';
import type { NodeError } from './errors';
import type { Transport } from './transport';

/** The door to Planhat where there is no credential to open it with: it refuses everything, for one reason. */
export class ClosedTransport implements Transport {
	readonly effort: Readonly<Effort> = { requests: 0, retries: 0, waited: 0 };

	readonly writes = 0;

	constructor(private readonly reason: NodeError) {}

	async send(): Promise<never> {
		throw this.reason;
	}

	async trySend(): Promise<never> {
		throw this.reason;
	}

	refusalOf(): NodeError {
		return this.reason;
	}

	wantedAtOnce(): number {
		return 1;
	}

	/** There is no answer of which anything could be said. */
	said(): undefined {
		return undefined;
	}
}
