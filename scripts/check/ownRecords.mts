import { randomUUID } from 'node:crypto';
import type { Connection, PlanhatReply } from './connection.mts';
import type { Journal } from './journal.mts';
import { isRow, notKnown, EarlyFinding, success, type PlanhatRow } from './probing.mts';

/** Why a run that writes does not start, or one that cleans does not end. */
export class Unsafe extends Error {}

/** Records of a run's own, each told by an external ID that no other record has, and written down before it is made. */
export class OwnRecords {
	readonly #run = `n8n-check-${randomUUID()}`;
	#made = 0;
	company: PlanhatRow = {};

	constructor(
		readonly connection: Connection,
		readonly journal: Journal,
	) {}

	/** Makes the company that all else belongs to. */
	async begin(): Promise<void> {
		const externalId = this.mark('/companies');
		const reply = await this.connection.send('GET', '/leancompanies', { query: { externalId } });
		if (reply.status !== 200 || !Array.isArray(reply.body)) {
			throw new Unsafe('The companies cannot be listed, so that nobody could tell our records from others.');
		}
		if (reply.body.some((row) => isRow(row) && row['externalId'] === externalId)) {
			throw new Unsafe('A company with our mark is there before we made it.');
		}
		this.company = await this.#created('/companies', { name: externalId, externalId });
	}

	/** The external ID of a record that is about to be made. */
	mark(path: string): string {
		this.#made += 1;
		const externalId = `${this.#run}-${this.#made}`;
		this.journal.add({ path, externalId });
		return externalId;
	}

	async asset(fields: PlanhatRow = {}): Promise<PlanhatRow> {
		return await this.#created('/assets', this.assetRow(fields));
	}

	assetRow(fields: PlanhatRow = {}): PlanhatRow {
		const externalId = this.mark('/assets');
		return { name: externalId, companyId: this.company['_id'], externalId, ...fields };
	}

	async update(path: string, record: PlanhatRow, body: PlanhatRow): Promise<void> {
		success(await this.connection.send('PUT', `${path}/${String(record['_id'])}`, { body }));
	}

	async bulk(rows: readonly PlanhatRow[], path = '/assets'): Promise<PlanhatReply> {
		return await this.connection.send('PUT', path, { body: rows });
	}

	/** A row of a ticket; Planhat may make an end user of its requester. */
	ticketRow(isWithEmail: boolean): PlanhatRow {
		const sourceId = this.mark('/tickets');
		const email = `${sourceId}@example.com`;
		if (isWithEmail) this.journal.add({ path: '/endusers', externalId: email });
		return { sourceId, title: sourceId, companyId: this.company['_id'], ...(isWithEmail ? { email } : {}) };
	}

	async timeEntry(): Promise<PlanhatRow> {
		const description = this.mark('/timeentries');
		const body = { description, date: '2026-01-01', hours: 1, companyId: this.company['_id'] };
		return await this.#created('/timeentries', body);
	}

	/** The definition of a custom field of companies; its name is its mark. */
	async definition(type: string): Promise<PlanhatRow> {
		const name = this.mark('/customfields');
		return await this.#created('/customfields', { name, type, parent: 'company', isHidden: true });
	}

	async #created(path: string, body: PlanhatRow): Promise<PlanhatRow> {
		const record = success(await this.connection.send('POST', path, { body }));
		if (!isRow(record) || typeof record['_id'] !== 'string') {
			throw new EarlyFinding(notKnown('a create is answered without a record'));
		}
		return record;
	}
}
