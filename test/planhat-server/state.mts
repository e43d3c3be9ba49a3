import type { Rights } from './access.mts';
import type { Behaviour } from './behaviour.mts';
import type { Faults } from './faults.mts';
import type { OAuthServer } from './oauth.mts';
import type { Quota } from './quota.mts';
import type { Recorder } from './recording.mts';
import type { Store } from './store.mts';

/** A tenant: its tokens, and the records that they lead to. */
export type TenantState = {
	apiToken: string;
	tenantToken: string;
	store: Store;
};

/** One server's state, shared by its two ports. Its own tenant is the one that everybody knows. */
export type State = TenantState & {
	/** Further ones, told by their tokens. */
	tenants: TenantState[];
	/** Further tokens of the own tenant, and what they may do. */
	limited: Map<string, Rights>;
	behaviour: Behaviour;
	rights: Rights;
	quota: Quota;
	faults: Faults;
	recorder: Recorder;
	oauth: OAuthServer;
};
