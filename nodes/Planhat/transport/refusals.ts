import { listsErrors } from './words/errorText';
import type { Failure } from './failure';
import type { PlanhatRequest } from './request';

/** The right that a request takes: Planhat gives rights by model and operation (Planhat's documents, "HTTP response codes"). */
function rightOf({ method, target }: PlanhatRequest): string {
	return `${method} ${target.permission}`;
}

/** Rows of a batch have their own reasons, and a reason that names the record is not one for others. */
function isOfOne({ body, target }: PlanhatRequest, words: string, answer: unknown): boolean {
	const names = [target._id, ...Object.values(target.keys ?? {})].filter((name) => typeof name === 'string');
	return Buffer.isBuffer(body) || listsErrors(answer) || names.some((name) => name !== '' && words.includes(name));
}

/**
 * What Planhat has refused to the token of a run, so that it is not asked again: a token that it does not accept (401),
 * and operations on a model that the token has no right for (403).
 */
export class Refusals {
	private readonly tokens = new Map<PlanhatRequest['host'], Failure>();

	private readonly rights = new Map<string, Failure>();

	add(request: PlanhatRequest, failure: Failure, answer: unknown): void {
		if (failure.code === '401') this.tokens.set(request.host, failure);
		if (failure.code !== '403' || request.host === 'analytics') return;
		if (!isOfOne(request, failure.words, answer)) this.rights.set(rightOf(request), failure);
	}

	/** @returns why the request would be refused, undefined where that is not known */
	of(request: PlanhatRequest): Failure | undefined {
		const isOfRows = request.host === 'analytics' || Buffer.isBuffer(request.body);
		return this.tokens.get(request.host) ?? (isOfRows ? undefined : this.rights.get(rightOf(request)));
	}
}
