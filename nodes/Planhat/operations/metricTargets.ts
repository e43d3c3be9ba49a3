import type { IDataObject } from 'n8n-workflow';

import { commonSpelling } from '../columns/columnNames';
import type { CompanyBy } from '../readers/referenceRules';
import { modelOf } from '../resources';
import { columnNamed } from '../rows/tableColumns';
import type { Given, Refused } from '../rows/row';
import type { BatchRun } from '../run/context';
import { inputError } from '../transport/errors';
import { fetchPages } from '../transport/paging';
import { isBlank, trimmed } from '../values/checks';
import { recordInLink } from '../values/planhatId';

type Way = Parameters<BatchRun['tenant']['referencesBy']>[0];

const ways: Readonly<Record<Exclude<CompanyBy, 'id' | 'externalId'>, Way>> = {
	sourceId: 'companySourceId',
	domain: 'companyDomain',
	endUserEmail: 'enduserEmail',
	name: 'companyName',
};

const words: Readonly<Record<CompanyBy, string>> = {
	id: 'ID',
	externalId: 'external ID',
	sourceId: 'source ID',
	domain: 'domain',
	endUserEmail: 'email of an end user',
	name: 'name',
};

/** Whose value a row is. */
function targetOf(given: IDataObject): { column: string; text: string; model: string; modelText: string } | undefined {
	const column = columnNamed(given, 'externalId', commonSpelling);
	const value = column === undefined ? undefined : given[column];
	if (column === undefined || isBlank(value) || typeof value === 'object') return undefined;
	const modelColumn = columnNamed(given, 'model');
	const model = modelColumn === undefined || isBlank(given[modelColumn]) ? 'Company' : given[modelColumn];
	const modelText = trimmed(String(model));
	return { column, text: trimmed(String(value)), model: modelText.toLowerCase(), modelText };
}

function idIn(text: string): string {
	const linked = recordInLink(text);
	return (typeof linked === 'object' ? linked._id : text).toLowerCase();
}

function refused(at: number, given: string, said: string): Refused {
	const problem = { field: 'externalId', given, wants: 'the external ID of a record', said };
	return { at, why: { code: 'badValues', problems: [problem] } };
}

/**
 * Finds the external IDs of companies that rows name otherwise: Planhat takes nothing else for the values of metrics.
 * @throws NodeApiError or NodeOperationError where the companies cannot be read
 */
export async function withExternalIds(run: BatchRun, given: Given, by: CompanyBy): Promise<Given> {
	const { tenant, node } = run;
	const isCompany = (row: Given['rows'][number]) => targetOf(row.given)?.model === 'company';
	if (by === 'externalId' || !given.rows.some(isCompany)) return given;
	const way = by === 'id' ? undefined : ways[by];
	const texts = given.rows.flatMap((row) => (isCompany(row) ? [targetOf(row.given)?.text ?? ''] : []));
	if (way !== undefined) await tenant.learnReferences(way, texts);
	const keys = await tenant.companyKeys();
	const result: Given = { ...given, rows: [], refused: [...given.refused] };
	for (const [at, row] of given.rows.entries()) {
		const target = targetOf(row.given);
		result.rows.push(row);
		if (target === undefined || target.model !== 'company') continue;
		const { text, column } = target;
		const found = way === undefined ? [{ _id: idIn(text) }] : tenant.referencesBy(way, text);
		if (found !== undefined && 'reason' in found)
			throw inputError(
				node,
				`The companies cannot be looked up: ${found.reason}`,
				'Correct that, or give their external IDs.',
			);
		const ids = new Set(
			(found ?? []).flatMap((one) =>
				'companyId' in one && by === 'endUserEmail' ? [String(one.companyId)] : by === 'endUserEmail' ? [] : [one._id],
			),
		);
		const externalIds = [...ids].map((_id) => keys.get(_id)?.externalId);
		const [externalId] = externalIds;
		if (ids.size > 1)
			result.refused.push(refused(at, text, `'${text}' is the ${words[by]} of ${ids.size} companies in Planhat`));
		else if (ids.size === 0 || externalId === undefined)
			result.refused.push(refused(at, text, `'${text}' is the ${words[by]} of no company in Planhat`));
		else if (externalId === null)
			result.refused.push(
				refused(
					at,
					text,
					`The company with the ${words[by]} '${text}' has no external ID, by which alone Planhat takes metric values`,
				),
			);
		else result.rows[at] = { ...row, given: { ...row.given, [column]: externalId } };
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return result;
}

/** The external IDs that the records of a model have; undefined of what has no metrics. */
async function externalIdsOf(run: BatchRun, name: string): Promise<ReadonlySet<string> | undefined> {
	if (name === 'company') {
		const keys = await run.tenant.companyKeys();
		return new Set([...keys.values()].flatMap(({ externalId }) => externalId ?? []));
	}
	const model = modelOf(name);
	if (model === undefined || !['enduser', 'asset', 'project'].includes(name)) return undefined;
	const target = { verb: 'list', record: model.plural, permission: model.name };
	const ids = new Set<string>();
	await fetchPages({
		plural: model.plural,
		pageMaximum: model.page.maximum,
		limit: Infinity,
		filtered: true,
		keep({ externalId }) {
			if (!isBlank(externalId)) ids.add(String(externalId));
			return false;
		},
		page: async (offset, limit) => {
			const qs = { sort: '_id', select: 'externalId', limit, offset };
			return (await run.transport.send({ method: 'GET', url: model.path, qs, target })).body;
		},
	});
	return ids;
}

/** Refuses rows whose record Planhat does not have: it would take the value, and drop it without a word. */
export async function withCheckedTargets(run: BatchRun, given: Given): Promise<Given> {
	const known = new Map<string, ReadonlySet<string> | undefined>();
	const result: Given = { ...given, refused: [...given.refused] };
	const isRefused = new Set(given.refused.map(({ at }) => at));
	for (const [at, row] of given.rows.entries()) {
		const target = targetOf(row.given);
		if (target === undefined || isRefused.has(at)) continue;
		const { model, modelText, text } = target;
		if (!known.has(model)) known.set(model, await externalIdsOf(run, model));
		const ids = known.get(model);
		if (ids === undefined)
			result.refused.push(
				refused(at, text, `'${text}' cannot be checked: '${modelText}' is not Company, EndUser, Asset or Project`),
			);
		else if (!ids.has(text))
			result.refused.push(
				refused(
					at,
					text,
					`No ${modelOf(model)?.singular ?? model} has the external ID '${text}', so that Planhat would drop the value`,
				),
			);
		const pause = run.yieldToEventLoop();
		if (pause) await pause;
	}
	return result;
}
