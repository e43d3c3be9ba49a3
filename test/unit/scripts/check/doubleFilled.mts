import { fillWithSampleData } from '../../../planhat-server/dataset.mts';
import { startPlanhatServer, type PlanhatServer } from '../../../planhat-server/index.mts';

/** A double with enough in it that every probe has something to look at. */
export async function startFilled(): Promise<PlanhatServer> {
	const server = await startPlanhatServer({ analyticsPort: 'same' });
	fill(server);
	return server;
}

export function fill(server: PlanhatServer): void {
	server.insert('conversations', [{ type: 'email', subject: 'Renewal of the contract' }]);
	fillWithSampleData(server, { companies: 12 });
	// So that a list in the order of its records is in no order of time.
	const [first] = server.records('endusers');
	server.insert('endusers', [{ ...first, updatedAt: '2031-05-05T05:05:05.000Z' }]);
}
