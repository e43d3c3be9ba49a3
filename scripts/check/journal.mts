import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';

/** A record that was made, or was about to be. */
export type JournalEntry = { path: string; externalId: string };

/** What was made is on disk before it is made, so that a run that was cut off can be cleaned up after. */
export class Journal {
	readonly #done = new Set<string>();
	readonly #lines: Array<JournalEntry & { tenant: string; done?: true }>;

	constructor(
		readonly file: string,
		readonly tenant: string,
	) {
		const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
		// The end of a last line may be missing; what it names was not made yet.
		this.#lines = text
			.split('\n')
			.slice(0, -1)
			.map((line) => JSON.parse(line) as JournalEntry & { tenant: string });
		for (const { done, externalId } of this.#lines) if (done) this.#done.add(externalId);
	}

	get entries(): readonly JournalEntry[] {
		return this.#lines.filter(({ done, externalId }) => !done && !this.#done.has(externalId));
	}

	/** Whether it tells of another tenant's records. */
	get isOfOther(): boolean {
		return this.#lines.some(({ tenant }) => tenant !== this.tenant);
	}

	add(entry: JournalEntry): void {
		this.#write({ ...entry, tenant: this.tenant });
	}

	done(entry: JournalEntry): void {
		this.#done.add(entry.externalId);
		this.#write({ ...entry, tenant: this.tenant, done: true });
	}

	end(): void {
		rmSync(this.file, { force: true });
		this.#lines.length = 0;
	}

	#write(line: JournalEntry & { tenant: string; done?: true }): void {
		const file = openSync(this.file, 'a', 0o600);
		writeSync(file, `${JSON.stringify(line)}\n`);
		fsyncSync(file);
		closeSync(file);
		this.#lines.push(line);
	}
}

/** Tells tenants apart without naming them: the journal holds neither token nor address. */
export function tenantMark(apiToken: string, baseUrl: string): string {
	return createHash('sha256').update(`${baseUrl} ${apiToken}`).digest('hex').slice(0, 16);
}
