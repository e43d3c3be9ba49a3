import { after, before, beforeEach, describe } from 'node:test';
import { findPostgres } from '../../scripts/lib/debianServices.mjs';
import { startDatabase } from '../postgres.mjs';
import { world } from '../world.mjs';
import { closeShop, openShop } from './examples/shop.mjs';
import { approval } from './examples/approval.mjs';
import { callSummary } from './examples/callSummary.mjs';
import { changesToDatabase } from './examples/changesToDatabase.mjs';
import { compared } from './examples/compared.mjs';
import { guardedSync } from './examples/guardedSync.mjs';
import { healthDrop } from './examples/healthDrop.mjs';
import { licenses } from './examples/licenses.mjs';
import { lowNps } from './examples/lowNps.mjs';
import { movedIds } from './examples/movedIds.mjs';
import { nightlyCompanies } from './examples/nightlyCompanies.mjs';
import { renewals } from './examples/renewals.mjs';
import { usage } from './examples/usage.mjs';
import { wideUsage } from './examples/wideUsage.mjs';

/** The workflows of `examples/` as people import them. */
export function examples() {
	const hasPostgres = findPostgres() !== undefined;
	if (!hasPostgres)
		console.error(
			'The examples with a database are not run: there is no PostgreSQL here (apt-get install postgresql).',
		);
	describe('The examples', () => {
		before(async () => await openShop(hasPostgres ? await startDatabase() : undefined));
		after(closeShop);
		beforeEach(() => world.planhat.reset());

		lowNps();
		renewals();
		healthDrop();
		callSummary();
		wideUsage();
		compared();
		guardedSync();
		approval();
		if (!hasPostgres) return;
		nightlyCompanies();
		usage();
		changesToDatabase();
		movedIds();
		licenses();
	});
}
