import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { models } from '../../nodes/Planhat/resources/index.ts';
import type { Model } from '../../nodes/Planhat/resources/types.ts';
import { extractFacts, type Facts } from './extract.mts';

/** The API reference that the facts were taken from lies beside the checkout where the package is developed. */
const reference = resolve(process.cwd(), '../shared/planhat-api/models.json');

const facts = JSON.parse(readFileSync(resolve(process.cwd(), 'test/facts/facts.json'), 'utf8')) as Record<
	string,
	Facts
>;

/** Names of the reference for the resources of the registry. */
const documentedNames: Record<string, string> = { metric: 'Metrics', nps: 'NPS' };

/** Where the registry does otherwise than the reference, and why. Each entry has to be true of both. */
const reasons: Record<string, string> = {
	'churn required isChurn': 'the official page calls itself a placeholder, and no client sends it',
	'churn required value': 'asked for by one client of 2023 only; Planhat decides',
	'conversation required companyId': 'companyExternalId does as well, so that one of the two is asked for',
	'enduser required companyId': 'Planhat finds the company by the email’s domain, as the text beside the table says',
	'enduser required email': 'externalId or sourceId do as well, so that one of the three is asked for',
	'license required value': 'mrr does as well, so that one of the two is asked for',
	'lineItem required dealId': 'known from a guide only; Planhat decides',
	'note required companyId': 'companyExternalId does as well, so that one of the two is asked for',
	'ticket required companyId': 'companyExternalId or domains do as well, so that one of the three is asked for',
	'company filter name': 'used by one client, unverified; exact or partial is not known, and From List searches names',
	'company filter s': 'an old short name of 2022',
	'conversation filter cId': 'an old name; companyId is sent',
	'enduser filter c': 'an old short name of 2017; companyId is sent',
	'enduser filter euId': 'Get finds an end user by ID',
	'note filter type': 'a note is always asked for by its type, so that the user has nothing to choose',
	'ticket filter s, cid, l': 'short forms of names that are sent in full',
	'metric adds time': 'in the rows that Planhat’s samples show',
	'metric adds parentId': 'in the rows that Planhat’s samples show',
	'metric adds companyId': 'in the rows that Planhat’s samples show',
	'metric adds companyName': 'in the rows that Planhat’s samples show',
	'userActivity lacks cId': 'a name of 2017; companyExternalId is offered',
	'userActivity lacks id': 'a name of 2017; externalId is offered',
	'userActivity page': 'nothing can be listed',
	'metric page': 'no maximum is stated; other clients ask for 2,000 or 10,000, and a short round page is read on',
};

const used = new Set<string>();

function unexplained(difference: string): boolean {
	used.add(difference);
	return reasons[difference] === undefined;
}

function factsOf(model: Model): Facts {
	const name = documentedNames[model.resource] ?? model.resource[0]?.toUpperCase() + model.resource.slice(1);
	const found = facts[name];
	if (found === undefined) throw new Error(`The reference has no ${name}`);
	return found;
}

/** What the reference says and the registry does not, or the other way round. */
function differences(model: Model): string[] {
	const documented = factsOf(model);
	const found: string[] = [];
	const note = (kind: string, name: string) => found.push(`${model.resource} ${kind} ${name}`.trim());
	const fields = new Map(model.fields.map((field) => [field.name, field]));
	for (const { name, required, readOnly, days } of documented.fields) {
		if (name === '_id') continue;
		const field = fields.get(name);
		if (field === undefined) note('lacks', name);
		else {
			if (required !== (field.required ?? false)) note('required', name);
			if (readOnly !== (field.readOnly ?? false)) note('readOnly', name);
			if (days !== (field.type === 'day')) note('days', name);
		}
	}
	const known = new Set(documented.fields.map(({ name }) => name));
	for (const name of fields.keys()) if (!known.has(name)) note('adds', name);
	if (model.path !== documented.path) note('path', model.path);
	if (model.keys.join() !== documented.keys.join()) note('keys', model.keys.join());
	const prefixes = Object.values(model.prefixes);
	for (const prefix of documented.prefixes) if (!prefixes.includes(prefix)) note('prefix', prefix);
	const sent = model.filters.filter(({ isOurs }) => !isOurs).map(({ name, sentAs }) => sentAs ?? name);
	for (const filter of documented.filters) if (!sent.includes(filter)) note('filter', filter);
	for (const filter of sent) if (!documented.filters.includes(filter)) note('adds filter', filter);
	const { maximum, documented: isDocumented } = model.page;
	if (maximum !== documented.pageMaximum || isDocumented !== documented.pageDocumented) note('page', '');
	return found;
}

describe.each(models.map((model) => [model.resource, model] as const))('%s', (_resource, model) => {
	it('says what the documents say, or there is a written reason', () => {
		expect(differences(model).filter(unexplained)).toEqual([]);
	});

	it('simplifies records to fields that the documents name', () => {
		const documented = factsOf(model).fields.map(({ name }) => name);
		expect(model.simplified.filter((name) => !documented.includes(name))).toEqual([]);
	});

	it('has the operations that Planhat gives it', () => {
		const names: Record<string, string> = {
			create: 'create',
			update: 'update',
			getById: 'get',
			getList: 'getAll',
			delete: 'delete',
			leanList: 'getLeanList',
			bulkUpsert: 'upsert',
			push: 'insert',
			track: 'track',
			segment: 'segment',
			duplicate: 'duplicate',
		};
		const documented = factsOf(model).operations.flatMap((name) => names[name] ?? []);
		// Tickets have no such endpoints of their own; they are created and changed by rows, and read as conversations.
		const own = model.writesRows ? ['create', 'get', 'update', ...documented] : [...documented];
		// There is no endpoint for it either: a field says that a record is archived.
		if (model.fields.some(({ name, readOnly }) => name === 'archived' && !readOnly)) own.push('archive');
		// The node finds the records by their names, and writes them one by one.
		if (model.namedBy !== undefined) own.push('upsert');
		// Search and Describe are of this node: Planhat has no endpoint for either.
		const sent = model.operations.filter((operation) => operation !== 'search' && operation !== 'describe');
		expect([...sent].sort()).toEqual(own.sort());
	});
});

it('the registry covers every model of the reference but those that have no place in the node', () => {
	const covered = models.map(factsOf);
	const left = Object.keys(facts).filter((name) => !covered.includes(facts[name] as Facts));
	expect(left).toEqual(['Workflow']);
});

it('the list of reasons has none for a difference that is none', () => {
	for (const model of models) differences(model).filter(unexplained);
	expect(Object.keys(reasons).filter((reason) => !used.has(reason))).toEqual([]);
});

it('facts.json has the facts as they stand in the reference, where that lies beside the checkout', () => {
	const source = existsSync(reference) ? readFileSync(reference, 'utf8') : undefined;
	const taken = source === undefined ? facts : extractFacts((JSON.parse(source) as { models: never[] }).models);
	expect(taken).toEqual(facts);
	expect(Object.keys(taken).length).toBeGreaterThan(25);
});
