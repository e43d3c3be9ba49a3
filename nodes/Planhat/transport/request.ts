import type { IDataObject } from 'n8n-workflow';

/** Which record a request is about, for errors and outcomes. */
export interface Target {
	/** What is done, such as "update". */
	verb: string;
	/** To which resource and id, such as "company with external ID 'acme'". */
	record: string;
	/** The name of the model in Planhat's list of rights, such as "Company". */
	permission: string;
	/** Planhat's own id, where it is known. */
	_id?: string;
	/** The other keys by which the record is known, such as `{ externalId: 'acme' }`. */
	keys?: IDataObject;
}

/** One request to Planhat, as an operation declares it and its parameters fill it in. */
export interface PlanhatRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	/** Path on the API host, such as `/companies/5f1…`, already percent-encoded. */
	url: string;
	qs?: IDataObject;
	/** A Buffer holds JSON that is made already, UTF-8. */
	body?: IDataObject | IDataObject[] | Buffer;
	/**
	 * Whether a second time does what the first has done; where it is left out, that of the method: a POST is not. Bulk PUTs say
	 * it: they are where every row carries a key that Planhat matches by.
	 */
	idempotent?: boolean;
	/** The host; Planhat's API where it is left out. `url` on the analytics host may hold a place for the tenant token. */
	host?: 'analytics' | 'automation';
	/** Where an automation is started, as the user gave it, in place of `url`. It is a secret, and goes out without a token. */
	webhookUrl?: unknown;
	target: Target;
}
