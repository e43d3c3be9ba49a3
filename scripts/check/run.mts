import { randomUUID } from 'node:crypto';
import type { Assumption } from './assumptions.mts';
import { connect, NoMoreCalls, type CheckSettings, type Connection } from './connection.mts';
import { Journal, tenantMark } from './journal.mts';
import { clean } from './cleaning.mts';
import { OwnRecords, Unsafe } from './ownRecords.mts';
import { notKnown, ProbeReader, EarlyFinding, type Finding, type OtherTokens, type ProbeOutcome } from './probing.mts';
import { quotaHeader, readProbes } from './readProbes.mts';
import { compareRegistry, type Compared } from './registry.mts';
import { writeProbes } from './writeProbes.mts';

export type Wanted = CheckSettings & {
	write: boolean;
	journalFile: string;
	say: (line: string) => void;
	/** A token that may not write assets. */
	limitedToken?: string;
};

export type Result = { id: string; outcome: ProbeOutcome; why?: string };

/** What may be handed on: no values of the tenant, no token, no address. */
export type Report = {
	calls: number;
	quotaHeaders: string[];
	results: Result[];
	registry: Compared[];
	/** What could not be deleted, in words; the journal is kept then. */
	left?: string;
};

async function finding(ask: () => Promise<Finding>): Promise<Finding> {
	try {
		return await ask();
	} catch (error) {
		if (error instanceof EarlyFinding) return error.finding;
		// What else is thrown may hold words of Planhat's.
		return notKnown(error instanceof NoMoreCalls ? error.message : 'the answer could not be read');
	}
}

/** The journal of this tenant; refused where it holds something else. */
function openJournal({ journalFile, apiToken, baseUrl = '' }: Wanted): Journal {
	const journal = new Journal(journalFile, tenantMark(apiToken, baseUrl));
	if (journal.isOfOther)
		throw new Unsafe('The journal is of a run with another token or address. Use those, with --clean.');
	return journal;
}

/** Removes what a run that was cut off has left. */
export async function cleanUp(wanted: Wanted): Promise<number> {
	return await clean(connect(wanted), openJournal(wanted));
}

/** Asks all probes that may be asked. It ends with a report, whatever Planhat answers. */
export async function checkPlanhat(assumptions: readonly Assumption[], wanted: Wanted): Promise<Report> {
	const { write, say } = wanted;
	const journal = write ? openJournal(wanted) : undefined;
	if ((journal?.entries.length ?? 0) > 0) throw new Unsafe('An earlier run has left records. Run with --clean first.');
	const connection = connect(wanted);
	const planhat = new ProbeReader(connection);
	const others = otherTokens(wanted, connection);
	const found = new Map<string, Finding>();
	const ask = async (id: string, probe: () => Promise<Finding>) => {
		const { outcome, why } = await finding(probe);
		found.set(id, { outcome, ...(why === undefined ? {} : { why }) });
		say(`${id}: ${outcome}${why === undefined ? '' : `, ${why}`}`);
	};
	for (const probe of readProbes) await ask(probe.id, async () => await probe.ask(planhat));
	const registry = await compareRegistry(planhat, say);
	const left = journal === undefined ? undefined : await askWriting(wanted, journal, planhat, others, ask);
	return {
		calls: connection.calls + (others.limited?.calls ?? 0) + (others.stranger?.calls ?? 0),
		quotaHeaders: [...connection.headerNames].filter((name) => quotaHeader.test(name)),
		results: assumptions.map(({ id, probe }) => ({ id, ...(found.get(id) ?? skipped(probe)) })),
		registry,
		...(left === undefined ? {} : { left }),
	};
}

function skipped(probe: string): Finding {
	return { outcome: 'skipped', why: probe === 'write' ? 'it needs --write' : probe.replace(/^none: /, '') };
}

/** So few calls do the probes that ask through another token. */
const mostCallsOfOthers = 3;

function otherTokens(wanted: Wanted, connection: Connection): OtherTokens {
	const { limitedToken = '', tenantToken = '' } = wanted;
	const own = { ...wanted, mostCalls: mostCallsOfOthers };
	const isGiven = tenantToken !== '';
	return {
		limited: limitedToken === '' ? undefined : connect({ ...own, apiToken: limitedToken }),
		analytics: isGiven ? connection : undefined,
		stranger: isGiven ? connect({ ...own, tenantToken: randomUUID() }) : undefined,
	};
}

type Ask = (id: string, probe: () => Promise<Finding>) => Promise<void>;

/** Probes with records of its own, which are deleted whatever happens. */
async function askWriting(
	wanted: Wanted,
	journal: Journal,
	planhat: ProbeReader,
	others: OtherTokens,
	ask: Ask,
): Promise<string | undefined> {
	const own = new OwnRecords(planhat.connection, journal);
	try {
		let refused: EarlyFinding | NoMoreCalls | undefined;
		try {
			await own.begin();
		} catch (error) {
			if (!(error instanceof EarlyFinding || error instanceof NoMoreCalls)) throw error;
			refused = error;
		}
		for (const probe of writeProbes) {
			await ask(probe.id, async () => {
				if (refused !== undefined) throw refused;
				return await probe.ask(planhat, own, others);
			});
		}
	} finally {
		wanted.say('Deleting what was made');
	}
	try {
		// A budget of its own: what was made is deleted even where the probes have used up theirs.
		await clean(connect(wanted), journal);
		return undefined;
	} catch (error) {
		return error instanceof Unsafe ? error.message : 'What was made could not be deleted. Run with --clean.';
	}
}
