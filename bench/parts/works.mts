import type { Agent } from 'node:http';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { sendBare } from '../lib/bare.mjs';

/** A piece of work that the node does, and that a program can do over bare HTTP. */
export interface BenchWork {
	id: string;
	name: string;
	rows: number;
	parameters: INodeParameters;
	/** The data of an input item; without it there is one item. */
	row?(index: number): IDataObject;
	/** Where rows go. */
	method: string;
	path: string;
	/** Rows in a request. */
	inOne: number;
}

const automatic = { mappingMode: 'autoMapInputData', value: null };
const description = 'x'.repeat(130);

const upsert: BenchWork = {
	id: 'upsert',
	name: 'Create or Update',
	rows: 100_000,
	parameters: { resource: 'company', operation: 'upsert', specifyFields: 'map', fields: automatic as never },
	row: (index) => ({ externalId: `c${index}`, name: `Company ${index}`, description }),
	method: 'PUT',
	path: '/companies',
	inOne: 5_000,
};

const insert: BenchWork = {
	id: 'insert',
	name: 'Metric Insert with a date each',
	rows: 200_000,
	parameters: { resource: 'metric', operation: 'insert', specifyFields: 'map', fields: automatic as never },
	row: (index) => ({
		dimensionId: 'logins',
		externalId: `c${index % 5_000}`,
		model: 'Company',
		value: index,
		date: new Date(1_767_225_600_000 + index * 1_000).toISOString(),
	}),
	method: 'POST',
	path: '/dimensiondata/tenant',
	inOne: 200_000,
};

const getAll: BenchWork = {
	id: 'getAll',
	name: 'Get Many',
	rows: 100_000,
	parameters: { resource: 'company', operation: 'getAll', returnAll: true },
	method: 'GET',
	path: '/companies',
	inOne: 5_000,
};

/** Rows of the companies that Get Many reads, of which every tenth differs in a field. */
const preview: BenchWork = {
	...upsert,
	id: 'preview',
	name: 'Preview Changes',
	parameters: { ...upsert.parameters, options: { preview: true } },
	row: (index) => ({
		...{ externalId: `c${index}`, name: `Company ${index}`, mrr: index },
		phase: index % 10 === 0 ? 'Lost' : 'Live',
	}),
};

export const works = { upsert, insert, getAll, preview };

/** Sends bodies one after the other, or reads pages until one is empty. */
export async function sendAllBare(
	{ method, path, inOne }: BenchWork,
	address: string,
	bodies: Iterable<Buffer>,
	agent?: Agent,
): Promise<void> {
	if (method !== 'GET') {
		for (const body of bodies) await sendBare(method, `${address}${path}`, body, agent);
		return;
	}
	for (let offset = 0; ; offset += inOne) {
		const page = await sendBare('GET', `${address}${path}?limit=${inOne}&offset=${offset}`, undefined, agent);
		if ((page as unknown[]).length === 0) return;
	}
}
