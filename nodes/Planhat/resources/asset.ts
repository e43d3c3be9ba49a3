import { companyId, custom, date, key, number, readOnly, required, text, userId, users } from './fields';
import { companyIds, userFilter } from './filters';
import { defineModel } from './model';

/** A nested thing a customer has (product instance, device, site and so on) whose usage you want to follow separately without making it a company of its own. */
export const asset = defineModel({
	resource: 'asset',
	name: 'Asset',
	singular: 'asset',
	plural: 'assets',
	path: '/assets',
	page: { maximum: 2_000, documented: true },
	title: 'name',
	rare: 'followers',
	seen: 'status',
	simplified: 'name externalId companyId companyName status ownerId value serialNumber',
	filters: [companyIds, userFilter('ownerId', 'Owner', 'Only records of this user')],
	fields: [
		key('externalId', 'ID of the asset in your own system; can be used as a key'),
		key('sourceId', 'ID of the asset in a connected system such as a CRM; can be used as a key'),
		required(companyId),
		required(text('name', 'Name shown for the asset')),
		text('serialNumber', 'Serial number or similar identifier of the unit'),
		number('value', 'Monetary value of the asset'),
		text('_currency', 'Currency code the value is in, for example USD'),
		date('installDate', 'When the asset was installed'),
		text('status', 'Free status text of the asset'),
		userId('ownerId', 'Planhat user who owns the asset'),
		users('followers', 'Users following the asset'),
		custom,
		...readOnly('text', 'companyName ownerName'),
		...readOnly('object', 'usage'),
		...readOnly('date', 'createdAt updatedAt'),
		...readOnly('number', '__v'),
	],
});
