import { bulkResult, differs, held, heldIf, isRow, notKnown, success, type WriteProbe } from './probing.mts';

/** Probes with tickets, time entries, and definitions of custom fields. */
export const recordProbes: readonly WriteProbe[] = [
	{
		id: 'custom-dates',
		ask: async (planhat, own) => {
			const { name } = await own.definition('date');
			const sent = '2026-03-31T08:00:00.000Z';
			await own.update('/companies', own.company, { custom: { [String(name)]: sent } });
			const { custom } = await planhat.fresh(`/companies/${String(own.company['_id'])}`);
			const came = isRow(custom) ? custom[String(name)] : undefined;
			if (came === undefined) return notKnown('the value was not stored');
			if (typeof came !== 'string') return differs(`it comes back as a ${typeof came}`);
			return heldIf(/T/.test(came) && Date.parse(came) === Date.parse(sent), 'it comes back as another time');
		},
	},
	{
		id: 'ticket-without-email',
		ask: async (_planhat, own) => {
			const { created, createdErrors } = bulkResult(await own.bulk([own.ticketRow(false)], '/tickets'));
			if (Array.isArray(createdErrors) && createdErrors.length > 0) return differs('it is named among the errors');
			return heldIf(created === 0, 'it is made');
		},
	},
	{
		id: 'ticket-read',
		ask: async (planhat, own) => {
			const row = own.ticketRow(true);
			const { insertsKeys } = bulkResult(await own.bulk([row], '/tickets'));
			const made: unknown = Array.isArray(insertsKeys) ? insertsKeys[0] : undefined;
			if (!isRow(made)) return notKnown('the ticket was not made');
			const { status, body } = await planhat.reply(`/conversations/${String(made['_id'])}`);
			if (status >= 400 && status < 500 && status !== 403) return differs(`status ${status}`);
			const record = success({ status, body });
			if (!isRow(record)) return differs('no record comes');
			if (record['externalId'] !== row['sourceId']) return differs('the source ID is no external ID');
			const isTicket = [record['type'], record['subType']].includes('ticket');
			return heldIf(isTicket, 'something other than the ticket comes');
		},
	},
	{
		id: 'duplicate-answer',
		ask: async (_planhat, own) => {
			const { _id } = await own.timeEntry();
			const body = success(await own.connection.send('POST', '/timeentries/duplicate', { body: { ids: [_id] } }));
			if (!Array.isArray(body)) return differs('the answer is no list');
			return body.length === 1 && isRow(body[0]) && body[0]['_id'] !== _id
				? held
				: differs('the list is not that of the copies');
		},
	},
];
