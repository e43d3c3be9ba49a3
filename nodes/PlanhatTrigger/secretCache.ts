import { sleep } from 'n8n-workflow';

/** Long enough for a burst of deliveries, and too short for anybody to wait for who changes a secret. */
const keptMilliseconds = 2_000;

interface Entry {
	secrets: Promise<readonly string[]>;
	readAt: number;
}

/**
 * Secrets that were read less than two seconds ago. To decrypt a credential for a webhook, n8n 2.41 starts an isolate for
 * its expressions each time, which takes longer than all else that the node does (`npm run bench:webhook`).
 */
export class RecentSecrets {
	private readonly entries = new Map<string, Entry>();

	/** @param now the time in ms */
	constructor(private readonly now: () => number) {}

	/**
	 * The secrets of a node's credential. What cannot be read is tried anew the next time.
	 * @throws what `read` throws
	 */
	async get(key: string, read: () => Promise<readonly string[]>): Promise<readonly string[]> {
		this.forgetOld();
		const entry = this.entries.get(key) ?? { secrets: read(), readAt: this.now() };
		if (!this.entries.has(key)) {
			this.entries.set(key, entry);
			// Where no delivery follows, nothing of them stays in memory.
			void sleep(keptMilliseconds + 100).then(() => this.forgetOld());
		}
		// A failure is told to whoever waits for it, and not kept.
		entry.secrets.catch(() => this.entries.delete(key));
		return await entry.secrets;
	}

	private forgetOld(): void {
		for (const [key, { readAt }] of this.entries) {
			if (this.now() - readAt >= keptMilliseconds) this.entries.delete(key);
		}
	}
}
