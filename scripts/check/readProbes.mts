import { differs, held, heldIf, notKnown, success, type PlanhatRow, type ReadProbe } from './probing.mts';
import { modelOf } from '../../nodes/Planhat/resources/index.ts';

const few = 5;

/** Records to look for two that differ. */
const many = 100;

/** Names of other headers could tell of the tenant. */
export const quotaHeader = /^(x-)?rate-?limit(-(limit|remaining|reset|policy))?$|^retry-after$/;

const idOfNobody = 'ffffffffffffffffffffffff';

function namesOf(rows: readonly PlanhatRow[]): Set<string> {
	return new Set(rows.flatMap((row) => Object.keys(row)));
}

/** A value that some of the records have and others have not, so that a filter by it shows; undefined where there is none. */
function telling(rows: readonly PlanhatRow[], field: string): string | undefined {
	const values = rows.map((row) => row[field]);
	const found = values.find(
		(value) => typeof value === 'string' && value !== '' && values.some((other) => other !== value),
	);
	return found as string | undefined;
}

function filterProbe(id: string, path: string, name: string): ReadProbe {
	return {
		id,
		ask: async (planhat) => {
			const value = telling(await planhat.list(path, { limit: many }), name);
			if (value === undefined) return notKnown(`no two records that differ in ${name}`);
			const rows = await planhat.list(path, { limit: few, [name]: value }, 1);
			return heldIf(
				rows.every((row) => row[name] === value),
				'records come that the filter should keep back',
			);
		},
	};
}

function sortProbe(id: string, path: string, field: string): ReadProbe {
	return {
		id,
		ask: async (planhat) => {
			const up = (await planhat.list(path, { limit: few, sort: field }, 2)).map((row) => String(row[field] ?? ''));
			const down = (await planhat.list(path, { limit: few, sort: `-${field}` }, 2)).map((row) =>
				String(row[field] ?? ''),
			);
			if (new Set([...up, ...down]).size < 2) return notKnown(`no two records that differ in ${field}`);
			const rises = up.every((value, index) => index === 0 || (up[index - 1] ?? '') <= value);
			const falls = down.every((value, index) => index === 0 || (down[index - 1] ?? '') >= value);
			return heldIf(rises && falls, 'the order is another one');
		},
	};
}

/** One for each assumption that can be settled by reading alone. */
export const readProbes: readonly ReadProbe[] = [
	sortProbe('sort-by-field', '/endusers', '_id'),
	sortProbe('sort-by-time', '/endusers', 'updatedAt'),
	{
		id: 'select',
		ask: async (planhat) => {
			const names = namesOf(await planhat.list('/companies', { limit: few, select: 'name' }, 1));
			return heldIf(
				[...names].every((name) => name === '_id' || name === 'name'),
				'other fields come too',
			);
		},
	},
	{
		id: 'select-keeps-id',
		ask: async (planhat) => {
			const rows = await planhat.list('/companies', { limit: few, select: 'name' }, 1);
			return heldIf(
				rows.every((row) => '_id' in row),
				'records come without _id',
			);
		},
	},
	{
		id: 'page-maximum',
		ask: async (planhat) => {
			const limit = modelOf('enduser')?.page.maximum ?? 0;
			const page = await planhat.list('/endusers', { limit, select: 'email' }, 1);
			if (page.length >= limit) return held;
			const rest = await planhat.list('/endusers', { limit: 1, offset: page.length });
			return heldIf(rest.length === 0, 'a page is shorter than the maximum although more follow');
		},
	},
	{
		id: 'over-maximum',
		ask: async (planhat) => {
			const limit = modelOf('enduser')?.page.maximum ?? 0;
			const { status, body } = await planhat.reply('/endusers', { limit: limit + 1, select: 'email' });
			if (status === 400) return differs('a limit above the maximum is refused');
			const rows = success({ status, body });
			if (!Array.isArray(rows)) return notKnown('a list is answered with something that is none');
			return heldIf(rows.length <= limit, 'more records come than the maximum');
		},
	},
	{
		id: 'unknown-record',
		ask: async (planhat) => {
			const { status, body } = await planhat.reply(`/companies/${idOfNobody}`);
			if (status === 404) return held;
			if (status === 401 || status === 403) success({ status, body });
			return differs(`status ${status}`);
		},
	},
	filterProbe('filter-company', '/endusers', 'companyId'),
	filterProbe('filter-email', '/endusers', 'email'),
	filterProbe('filter-type', '/conversations', 'type'),
	{
		id: 'definition-parent',
		ask: async (planhat) => {
			const parents = (await planhat.list('/customfields', { limit: many }, 1)).map(({ parent }) => parent);
			return heldIf(
				parents.every((parent) => typeof parent === 'string' && parent === parent.toLowerCase()),
				'a model is spelled otherwise',
			);
		},
	},
	{
		id: 'get-by-prefix',
		ask: async (planhat) => {
			const rows = await planhat.list('/companies', { limit: many });
			const known = rows.find(({ externalId }) => typeof externalId === 'string' && externalId !== '');
			if (known === undefined) return notKnown('no company with an external ID to look at');
			const { status, body } = await planhat.reply(
				`/companies/extid-${encodeURIComponent(String(known['externalId']))}`,
			);
			if (status >= 400 && status < 500 && status !== 403) return differs(`status ${status}`);
			const record = success({ status, body }) as PlanhatRow | null;
			return heldIf(record?.['_id'] === known['_id'], 'another record comes, or none');
		},
	},
	{
		id: 'owner-form',
		ask: async (planhat) => {
			const owners = (await planhat.list('/companies', { limit: many })).map(({ owner }) => owner ?? '');
			if (owners.every((owner) => owner === '')) return notKnown('no company with an owner to look at');
			return heldIf(
				owners.every((owner) => typeof owner === 'string'),
				'an owner is no text',
			);
		},
	},
	{
		id: 'rate-limit-headers',
		ask: async (planhat) => {
			await planhat.list('/companies', { limit: few });
			const found = [...planhat.connection.headerNames].filter((name) => quotaHeader.test(name));
			return heldIf(found.length === 0, `headers that tell of the quota: ${found.join(', ')}`);
		},
	},
];
