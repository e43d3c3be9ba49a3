import type { IDataObject } from 'n8n-workflow';

import type { ItemRun } from '../run/context';
import { inputError, markAbsent } from '../transport/errors';
import { fetchPages } from '../transport/paging';
import type { Target } from '../transport/request';
import { emailIdentity, isEmail } from '../values/keys';
import { idOf } from './asRecord';

/** The filter is assumption filter-email, so that what comes back is compared on our side. */
async function listed({ model, transport }: ItemRun, email: string, target: Target): Promise<IDataObject[]> {
	return await fetchPages({
		plural: model.plural,
		pageMaximum: model.page.maximum,
		limit: Infinity,
		filtered: true,
		keep: (record) => emailIdentity(String(record.email)) === emailIdentity(email),
		page: async (offset, limit) =>
			(await transport.send({ method: 'GET', url: model.path, qs: { email, limit, offset }, target })).body,
	});
}

/**
 * Asks Planhat for the record with an email.
 * @returns its `_id`
 * @throws NodeOperationError when it is no email, or that of no record or of several
 */
export async function findByEmail(item: ItemRun, email: string, target: Target): Promise<string> {
	const { model } = item;
	if (!isEmail(email)) {
		throw inputError(
			item.node,
			`'${email}' is not an email address`,
			`Enter the email of the ${model.singular}, such as name@email.com.`,
			target,
		);
	}
	const asGiven = await listed(item, email, target);
	const lower = email.toLowerCase();
	// Capitals may count in Planhat's filter, and are seldom in its records.
	const found = asGiven.length > 0 || lower === email ? asGiven : await listed(item, lower, target);
	const [only] = found;
	if (found.length === 1 && only !== undefined) return idOf(item, target, only);
	if (found.length === 0) {
		const error = inputError(
			item.node,
			`Planhat has no ${model.singular} with email '${email}'`,
			'Check the address. Archived records are not found by email.',
			target,
		);
		throw markAbsent(error, target.record);
	}
	throw inputError(
		item.node,
		`Planhat has ${found.length} ${model.plural} with email '${email}'`,
		'Use its ID, external ID or source ID instead.',
		target,
	);
}
