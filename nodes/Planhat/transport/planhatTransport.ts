import type { ICredentialDataDecryptedObject, IHttpRequestOptions, INode } from 'n8n-workflow';

import { authenticatePlanhat } from '../credential/authenticate';
import { parseAutomationAddress } from '../credential/automationAddress';
import type { CredentialType } from '../credential/authentication';
import { hiddenIn, type Hide } from '../credential/secrets';
import { clock, wait } from '../quota/clock';
import { automationHost, type Host } from '../quota/hosts';
import { Patience } from '../quota/patience';
import { turnsOf } from '../quota/turns';
import type { PlanhatAnswer, PlanhatRefusal } from './answer';
import type { Attempt, Effort, Missed } from './attempt';
import { helperOptions, type Sender, type TransportContext } from './dispatch';
import { inputError, withoutWebhookUrl, type NodeError } from './errors';
import { isPageOfOthers } from './explanation';
import { Refusals } from './refusals';
import type { PlanhatRequest, Target } from './request';
import { mayRepeat } from './retryPolicy';
import type { Transport } from './transport';
import { toRefusal } from './toRefusal';
import { Tries } from './tries';

/** What answers in Planhat's place answers so again, unless it was there for a moment. */
const mostTriesOfPage = 2;

/** How requests get in: what a credential gives them, and takes out of what is said of them. */
export interface Access {
	type: CredentialType;
	credentials: ICredentialDataDecryptedObject;
	sender: Sender;
	hide: Hide;
	/** Is told what must not be said either. */
	learn?(secret: string): void;
}

/** The part of the transport that is the same for all requests with one credential. See `openTransport`. */
export class PlanhatTransport implements Transport {
	private readonly hide: Hide;

	private readonly refusals = new Refusals();

	private readonly tries: Tries;

	constructor(
		private readonly context: TransportContext,
		private readonly access: Access,
		private readonly readOnly: boolean,
		private readonly hosts: { api: Host; analytics: Host },
		private readonly connection: Partial<IHttpRequestOptions>,
		maxWait: number,
		readonly signal?: AbortSignal,
		longestQueue?: number,
	) {
		this.hide = access.hide;
		this.tries = new Tries(access.sender, connection, this.hide, new Patience(maxWait), signal, longestQueue);
	}

	get effort(): Readonly<Effort> {
		return this.tries.effort;
	}

	get writes(): number {
		return this.tries.writes;
	}

	async send(request: PlanhatRequest): Promise<PlanhatAnswer> {
		const answer = await this.trySend(request);
		if ('error' in answer) throw answer.error;
		return answer;
	}

	async trySend(asked: PlanhatRequest, leaving?: () => void): Promise<PlanhatAnswer | PlanhatRefusal> {
		const request = this.addressed(asked);
		const sending = { request, options: this.prepare(request), host: this.hostOf(request), leaving };
		let resent = false;
		let failedAt: number | undefined;
		let last: Missed | undefined;
		let waitsForSlot = false;
		for (let attempt = 0; ; attempt += 1) {
			const known = this.refusals.of(request);
			const result: Attempt = known
				? { failure: known, delay: 0 }
				: await this.tries.send({ ...sending, attempt, waitsForSlot });
			if ('answer' in result) {
				const { statusCode, body } = result.answer;
				return { status: statusCode, body, resent };
			}
			const { failure, body } = result;
			this.refusals.add(request, failure, body);
			if (resent && request.method === 'DELETE' && failure.code === '404') return { status: 200, body: '', resent };
			// One that was not sent again in the end is told by what came of it before.
			last = failure.isNotSent ? (last ?? result) : result;
			failedAt ??= clock.now();
			if (!(await this.waitsFor(request, result, attempt, failedAt))) {
				const told = { ...last.failure, mayBeApplied: resent || last.failure.mayBeApplied };
				const course = { body: last.body, resent, waited: clock.now() - failedAt };
				return toRefusal(this.nodeOf(request), request, told, course, this.hostOf(request), this.access.type);
			}
			resent ||= failure.mayBeApplied;
			waitsForSlot = result.waitsForSlot ?? false;
			this.tries.effort.retries += 1;
		}
	}

	refusalOf(
		{ method, host }: Pick<PlanhatRequest, 'method' | 'host'>,
		deed: string,
		target?: Target,
	): NodeError | undefined {
		const node = this.context.getNode();
		const missing = host === 'automation' ? undefined : this.hosts[host ?? 'api'].missing;
		if (missing) return inputError(node, missing.message, missing.description, target);
		if (!this.readOnly || method === 'GET') return undefined;
		return inputError(
			node,
			`The Planhat credential is read only, so this node may not ${deed}`,
			"Choose another credential, or turn off 'Read Only' in this one.",
			target,
		);
	}

	said(body: unknown): unknown {
		return hiddenIn(body, this.hide);
	}

	wantedAtOnce(host: PlanhatRequest['host'] | 'api' = 'api'): number {
		if (host === 'automation') return 1;
		const { limiter, callsPerMinute } = this.hosts[host];
		return turnsOf(limiter).wanted(callsPerMinute);
	}

	private nodeOf({ host }: PlanhatRequest): INode {
		const node = this.context.getNode();
		return host === 'automation' ? withoutWebhookUrl(node) : node;
	}

	private hostOf(request: PlanhatRequest): Host {
		if (request.host !== 'automation') return this.hosts[request.host ?? 'api'];
		return automationHost(String(request.webhookUrl), this.hosts.api.callsPerMinute);
	}

	/** The path of an automation, and its origin in place of the whole address: what is a secret is hidden from now on. */
	private addressed(request: PlanhatRequest): PlanhatRequest {
		if (request.host !== 'automation') return request;
		let thrown: unknown;
		try {
			const { origin, path, secrets } = parseAutomationAddress(request.webhookUrl, this.hosts.api.address);
			for (const secret of secrets) this.access.learn?.(secret);
			return { ...request, url: path, webhookUrl: origin };
		} catch (error) {
			thrown = error;
		}
		const { message = '', description = '' } = thrown as { message?: string; description?: string };
		throw inputError(this.nodeOf(request), message, description, request.target);
	}

	/** All that can go wrong before a request leaves goes wrong here: of what is thrown later, it may have been applied. */
	private prepare(request: PlanhatRequest): IHttpRequestOptions {
		const { target } = request;
		const refusal = this.refusalOf(request, `${target.verb} the ${target.record}`, target);
		if (refusal) throw refusal;
		let thrown: unknown;
		try {
			const options = helperOptions(request, this.hostOf(request).address, this.connection);
			if (request.host !== 'automation') authenticatePlanhat(this.access.credentials, options, this.access.type);
			return options;
		} catch (error) {
			thrown = error;
		}
		const { message, description } = thrown as { message?: string; description?: string };
		const words = `The ${target.record} cannot be sent: ${this.hide(message ?? String(thrown))}`;
		throw inputError(this.nodeOf(request), words, description ?? 'Check the fields and the credential.', target);
	}

	/** Waits until a request may be sent again, where it may at all. Who waits for a host does so with all others. */
	private async waitsFor(
		request: PlanhatRequest,
		refused: Missed,
		attempt: number,
		failedAt: number,
	): Promise<boolean> {
		const { failure, isOutage = false, waitsForSlot = false } = refused;
		const { patience } = this.tries;
		const { health, limiter } = this.hostOf(request);
		const delay = waitsForSlot ? limiter.nextSlotIn() : refused.delay;
		const isDown = isOutage && !health.hasAnsweredSince(failedAt);
		const isHopeless = failure.isNotSent || (isPageOfOthers(failure, request) && attempt + 1 >= mostTriesOfPage);
		const repeats = !isHopeless && mayRepeat(failure.kind, request, attempt, isDown);
		if (!repeats || delay > patience.left) return false;
		if (isOutage || waitsForSlot) return true;
		const since = clock.now();
		await this.tries.waiting(async () => {
			await wait(delay, this.signal);
		});
		patience.spend(since, clock.now(), failure.kind === 'throttled');
		return true;
	}
}
