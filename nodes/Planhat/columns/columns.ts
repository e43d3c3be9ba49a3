import { hasNames } from '../values/hasNames';
import type { Columns } from './column';
import {
	altersByStored,
	askReferences,
	findCommas,
	holdsGroups,
	insideOf,
	namesUser,
	shareCommas,
} from './lookThrough';
import { PlannedColumns, type ColumnAt, type ColumnRun, type GivenRow, type KnownTenant } from './plannedColumns';
import type { Rules } from './rules';
import type { NamedCompany } from '../readers/reading';

/**
 * What names mean in a run, by what the run knows of its tenant, and by the rules: Create and Update plan one item after the
 * other, and an option may be an expression.
 */
const plans = new WeakMap<KnownTenant, Map<string, PlannedColumns>>();

/** Names are quickly looked up: the time is looked at after so many rows. */
const rowsBetweenLooks = 16;

function planOf(run: ColumnRun, rules: Rules): PlannedColumns {
	const ofRun = plans.get(run.tenant) ?? new Map<string, PlannedColumns>();
	plans.set(run.tenant, ofRun);
	const key = JSON.stringify(rules);
	const plan = ofRun.get(key) ?? new PlannedColumns(run, rules);
	ofRun.set(key, plan);
	return plan;
}

/** The columns of a run so far: one plan, unless rules differ from item to item. */
export function plannedIn(tenant: KnownTenant): Columns[] {
	return [...(plans.get(tenant)?.values() ?? [])];
}

/**
 * Whether a row has a number of which other rows of the run may say that its point parts thousands.
 * @param columns of the run
 */
export function hangsOnOthers(columns: Columns, row: GivenRow): boolean {
	return columns instanceof PlannedColumns && holdsGroups(columns, [row]);
}

/** Lets the columns of several credentials know of one another, before any of their rows is written. */
export function planTogether(all: readonly Columns[]): void {
	if (all.length > 1) shareCommas(all.filter((columns) => columns instanceof PlannedColumns));
}

function innerNames(given: GivenRow['given'], within: string): string[] {
	try {
		return Object.keys(insideOf(given[within]) ?? {});
	} catch {
		return [];
	}
}

/** All names of a row, as a loop over it has them. */
function namesOf(given: GivenRow['given']): string[] {
	const names: string[] = [];
	for (const name in given) names.push(name);
	return names;
}

/**
 * Resolves the names that no earlier row has had.
 * @returns those that take the custom fields to be resolved, and whether there were any new ones
 */
async function addNames(run: ColumnRun, plan: PlannedColumns, rows: readonly GivenRow[]) {
	const open = new Map<string, ColumnAt>();
	let hasNew = false;
	const add = (at: ColumnAt) => {
		const id = `${at.within ?? ''}\n${at.name}`;
		if (plan.mapOf(at.within).has(at.name) || open.has(id)) return;
		hasNew = true;
		if (!plan.add(at)) open.set(id, at);
	};
	/** Of the rows before this one that have the same names; names within a column have to be looked at in every row. */
	let known: readonly string[] = [];
	let insides: string[] = [];
	for (let at = 0; at < rows.length; at += 1) {
		const { given = {} } = rows[at] ?? {};
		if (!hasNames(given, known)) {
			known = namesOf(given);
			for (const name of known) if (!plan.byName.has(name)) add({ name });
			insides = known.filter((name) => plan.byName.get(name)?.to === 'inside');
		}
		for (const within of insides) for (const name of innerNames(given, within)) add({ name, within });
		const pause = at % rowsBetweenLooks === 0 ? run.yieldToEventLoop?.() : undefined;
		if (pause) await pause;
	}
	return { open: [...open.values()], hasNew };
}

/**
 * Finds out what each column name of the rows means, asking Planhat once for what that takes: custom fields for names that
 * the model does not know, users where there is an email.
 * @param run of the rows; what it has learnt before is kept
 * @throws the signal's reason when the execution is cancelled meanwhile
 */
export async function planColumns(run: ColumnRun, rows: readonly GivenRow[], rules: Rules): Promise<Columns> {
	const { tenant } = run;
	const plan = planOf(run, rules);
	const { open, hasNew } = await addNames(run, plan, rows);
	const needsFields = open.length > 0 || (!tenant.customFieldsRead && altersByStored(plan, rows));
	if (needsFields) {
		await tenant.learn('customFields');
		plan.renewStored();
		for (const at of open) plan.add(at);
	}
	if (hasNew) plan.settle();
	const breathe = async () => {
		const pause = run.yieldToEventLoop?.();
		if (pause) await pause;
	};
	await breathe();
	findCommas(plan, rows);
	await breathe();
	if (namesUser(plan, rows)) await tenant.learn('users');
	const { openTexts } = plan;
	if (openTexts.length > 0) await tenant.learnValues(openTexts);
	return plan;
}

/** Which of several people is meant may hang on a company that has to be looked up itself. */
const mostLookUps = 3;

/**
 * Looks up the companies and end users that rows name otherwise than by Planhat's ID.
 * @throws the signal's reason when the execution is cancelled meanwhile
 */
export async function learnReferences(
	run: ColumnRun,
	columns: Columns,
	rows: readonly GivenRow[],
	companyOfRow: (row: GivenRow) => NamedCompany | undefined,
): Promise<void> {
	if (!(columns instanceof PlannedColumns)) return;
	const breathe = async () => {
		const pause = run.yieldToEventLoop?.();
		if (pause) await pause;
	};
	for (let times = 0; times < mostLookUps; times += 1) {
		columns.asked.clear();
		await askReferences(columns, rows, companyOfRow, breathe);
		if (columns.asked.size === 0) return;
		for (const [way, texts] of columns.asked) await run.tenant.learnReferences(way, texts);
	}
}
