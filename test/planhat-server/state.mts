import type { Rights } from './access.mts';
import type { Behaviour } from './behaviour.mts';
import type { Faults } from './faults.mts';
import type { Quota } from './quota.mts';
import type { Recorder } from './recording.mts';
import type { Store } from './store.mts';

/** One server's state, shared by its two ports. */
export type State = {
	apiToken: string;
	tenantToken: string;
	store: Store;
	behaviour: Behaviour;
	rights: Rights;
	quota: Quota;
	faults: Faults;
	recorder: Recorder;
};
