import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Rights } from './access.mts';
import { createApplication } from './application.mts';
import { defaultBehaviour, type Behaviour } from './behaviour.mts';
import { Faults, type Fault, type OrderedFault } from './faults.mts';
import { modelAt } from './models.mts';
import { OAuthServer } from './oauth.mts';
import { noQuota, Quota, type QuotaSettings } from './quota.mts';
import { Recorder, type RecordedRequest } from './recording.mts';
import type { State, TenantState } from './state.mts';
import { Store } from './store.mts';
import { copyOf, type JsonObject, type PlanhatRecord } from './types.mts';

export type { Rights } from './access.mts';
export type { Behaviour } from './behaviour.mts';
export type { Fault, OrderedFault } from './faults.mts';
export type { OAuthClient, OAuthServer, TokenData } from './oauth.mts';
export type { QuotaSettings } from './quota.mts';
export type { RecordedRequest } from './recording.mts';
export type { JsonObject, JsonValue, PlanhatRecord } from './types.mts';

/** What can be chosen at the start; `reset` comes back to it. */
export type PlanhatServerOptions = {
	/** Default 0: any free port. */
	port?: number;
	/** Default 0: any free port. `same` serves both hosts on one. */
	analyticsPort?: number | 'same';
	apiToken?: string;
	tenantToken?: string;
	quota?: Partial<QuotaSettings>;
	rights?: Rights;
	behaviour?: Partial<Behaviour>;
	/** The clock of createDate, updatedAt and so on; the time of day when left out. */
	now?: () => Date;
};

/** The records of one tenant, and the tokens that lead to them. */
export type PlanhatTenant = {
	readonly apiToken: string;
	readonly tenantToken: string;
	/** Straight into the store: no checks, no defaults; only a missing `_id` and a ticket's type are filled in. */
	insert(path: string, rows: readonly JsonObject[]): PlanhatRecord[];
	/** Copies of what is stored under a path; also `dimensiondata`, `analytics` and `path`. */
	records(path: string): PlanhatRecord[];
};

/** A running test double of Planhat, with a tenant of its own. */
export type PlanhatServer = PlanhatTenant & {
	readonly baseUrl: string;
	readonly analyticsUrl: string;
	/** Every request since the start or the last reset. */
	readonly requests: readonly RecordedRequest[];
	readonly mostInFlight: number;
	/** Clients, connections and tokens of OAuth2; new after a reset. */
	readonly oauth: OAuthServer;
	/** Another token of the own tenant, which may do less. */
	addLimitedToken(apiToken: string, rights: Rights): void;
	/** Another tenant on the same hosts, told by its tokens; rights, behaviour, quota and faults are shared. */
	addTenant(tokens: { apiToken: string; tenantToken: string }): PlanhatTenant;
	order(fault: Fault): OrderedFault;
	/** Replaces the quota; what is left out is off. Null ends it. */
	setQuota(settings: Partial<QuotaSettings> | null): void;
	/** Replaces the rights, for instance `{ companies: { delete: false } }`. */
	setRights(rights: Rights): void;
	/** Changes some of the answers that the documents leave open. */
	setBehaviour(behaviour: Partial<Behaviour>): void;
	/** Empties the store, requests and faults, and forgets other tenants; quota, rights and behaviour are again those of the start. */
	reset(): void;
	/** Ends at once, whatever is under way. */
	close(): Promise<void>;
};

/** Starts the test double on loopback. */
export async function startPlanhatServer(options: PlanhatServerOptions = {}): Promise<PlanhatServer> {
	const state = initialState(options);
	const shared = options.analyticsPort === 'same';
	const api = createApplication(state, shared ? ['api', 'analytics'] : ['api']);
	const analytics = shared ? api : createApplication(state, ['analytics']);
	const baseUrl = await listen(api, options.port ?? 0);
	try {
		const port = options.analyticsPort === 'same' ? 0 : (options.analyticsPort ?? 0);
		return serverOf(state, options, [api, analytics], baseUrl, shared ? baseUrl : await listen(analytics, port));
	} catch (error) {
		await api.close();
		throw error;
	}
}

function initialState(options: PlanhatServerOptions): State {
	return {
		apiToken: options.apiToken ?? 'planhat-test-token',
		tenantToken: options.tenantToken ?? '1d5df0f5-f217-49da-8997-2878f5986a9f',
		quota: new Quota({ ...noQuota, ...options.quota }),
		faults: new Faults(),
		recorder: new Recorder(),
		...freshState(options),
	};
}

function freshState(
	options: PlanhatServerOptions,
): Pick<State, 'store' | 'tenants' | 'limited' | 'rights' | 'behaviour' | 'oauth'> {
	return {
		tenants: [],
		oauth: new OAuthServer(),
		limited: new Map(),
		store: new Store(options.now ?? (() => new Date())),
		rights: options.rights ?? {},
		behaviour: { ...defaultBehaviour, ...options.behaviour },
	};
}

async function listen(application: FastifyInstance, port: number): Promise<string> {
	await application.listen({ host: '127.0.0.1', port });
	const { port: chosen } = application.server.address() as AddressInfo;
	return `http://127.0.0.1:${chosen}`;
}

/** The store is looked up each time: `reset` puts in a new one. */
function accessTo(tenant: TenantState): Pick<PlanhatTenant, 'insert' | 'records'> {
	return {
		insert: (path, rows) => {
			const model = modelAt(path);
			const marks: JsonObject = path === 'tickets' ? { type: 'ticket', subType: 'ticket' } : {};
			return copyOf(
				tenant.store.insert(
					model?.storage ?? path,
					rows.map((row) => ({ ...marks, ...row })),
				),
			);
		},
		records: (path) => {
			const model = modelAt(path);
			return copyOf(model === undefined ? tenant.store.collection(path).all() : tenant.store.recordsOf(model));
		},
	};
}

function serverOf(
	state: State,
	options: PlanhatServerOptions,
	applications: FastifyInstance[],
	baseUrl: string,
	analyticsUrl: string,
): PlanhatServer {
	return {
		baseUrl,
		analyticsUrl,
		apiToken: state.apiToken,
		tenantToken: state.tenantToken,
		get requests() {
			return state.recorder.requests;
		},
		get mostInFlight() {
			return state.recorder.mostInFlight;
		},
		get oauth() {
			return state.oauth;
		},
		...accessTo(state),
		addTenant: (tokens) => {
			const tenant = { ...tokens, store: new Store(options.now ?? (() => new Date())) };
			state.tenants.push(tenant);
			return { ...tokens, ...accessTo(tenant) };
		},
		addLimitedToken: (apiToken, rights) => void state.limited.set(apiToken, rights),
		order: (fault) => state.faults.order(fault),
		setQuota: (settings) => state.quota.set({ ...noQuota, ...settings }),
		setRights: (rights) => {
			state.rights = rights;
		},
		setBehaviour: (behaviour) => {
			state.behaviour = { ...state.behaviour, ...behaviour };
		},
		reset: () => {
			Object.assign(state, freshState(options));
			state.quota.set({ ...noQuota, ...options.quota });
			state.faults.clear();
			state.recorder.clear();
		},
		close: async () => {
			await Promise.all([...new Set(applications)].map((application) => application.close()));
		},
	};
}
