import type { JsonObject } from './types.mts';

/**
 * Turns a row of `PUT /tickets` into the conversation that it is stored as: the names of what goes in and what comes
 * out differ (models.json, Ticket). Null stands for a row without e-mail, which Planhat drops without a word.
 */
export function prepareTicket(row: JsonObject): JsonObject | null {
	const { title, description, sourceId, ...rest } = row;
	if (rest['email'] === undefined || rest['email'] === null || rest['email'] === '') return null;
	return {
		...rest,
		...(title === undefined ? {} : { subject: title }),
		...(description === undefined ? {} : { snippet: description }),
		...(sourceId === undefined ? {} : { externalId: sourceId }),
		type: 'ticket',
		subType: 'ticket',
	};
}
