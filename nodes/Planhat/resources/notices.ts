import type { Notice } from './types';

/** For invoices and timesheets (Planhat's documents, "Data standards"). */
export const daysNotice: Notice = {
	name: 'daysNotice',
	text: 'Planhat stores these dates as days since 1970-01-01: 2026-03-31 comes back as 20543',
	operations: ['get', 'getAll'],
};

/** For conversations and notes; seen by other clients, not documented. */
export const externalIdNotice: Notice = {
	name: 'externalIdNotice',
	text: "Set 'externalId' on each record. Without it, Planhat may refuse later changes.",
	operations: ['create', 'upsert'],
};

/** For what goes to the analytics host (Planhat's documents, "Metrics"). */
export const analyticsNotice: Notice = {
	name: 'analyticsNotice',
	text: "Requires the 'Tenant Token' in the credential. Planhat confirms receipt before it validates values, so check the first import in Planhat.",
	operations: ['insert', 'segment', 'track'],
};
