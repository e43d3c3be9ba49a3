import { createHash, randomBytes } from 'node:crypto';
import type { Behaviour } from './behaviour.mts';
import type { RecordedRequest } from './recording.mts';
import type { Answer, JsonObject, Query } from './types.mts';

/** An OAuth Client, as an admin makes it in Planhat. */
export type OAuthClient = {
	id: string;
	/** None for a public client. */
	secret?: string;
	/** The addresses that may be returned to; any where it is left out. */
	redirects?: readonly string[];
};

/** What the token endpoint gives, and n8n keeps. */
export type TokenData = {
	access_token: string;
	refresh_token: string;
	token_type: 'Bearer';
	expires_in: number;
	scope: string;
};

/** One sign-in, with what was given out for it last. */
type Grant = { client: OAuthClient; refreshToken: string; spent: Set<string>; isRevoked: boolean };

type Asked = { client: OAuthClient; redirect: string; state: string; challenge: string };

const scope = 'inclusive';

function secretText(prefix: string): string {
	return `${prefix}_${randomBytes(24).toString('base64url')}`;
}

function fault(error: string, status = 400): Answer {
	return { status, body: { error } };
}

function page(status: number, text: string): Answer {
	const body = `<!doctype html><html lang="en"><title>Planhat test server</title><body style="font: 16px sans-serif; margin: 4em">${text}</body></html>`;
	return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(body) };
}

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function textOf(query: Query, name: string): string {
	return String(query[name] ?? '');
}

/** The part of the double that signs people in (reference.md, OAuth2): code with PKCE, tokens that end, refresh tokens that serve once. */
export class OAuthServer {
	/** Seconds until an access token that is given out from now on has expired. */
	lifetime = 3_600;

	/** How often a token was renewed. */
	renewals = 0;

	readonly clients: OAuthClient[] = [{ id: 'pk_test', secret: 'sk_test-secret-of-the-client' }];

	private readonly codes = new Map<string, Asked>();

	private readonly live = new Map<string, { grant: Grant; until: number }>();

	private readonly grants: Grant[] = [];

	/** Signs somebody in without a browser. */
	connect(client = this.clients[0]): TokenData {
		if (client === undefined) throw new Error('There is no OAuth client');
		const grant = { client, refreshToken: '', spent: new Set<string>(), isRevoked: false };
		this.grants.push(grant);
		return this.give(grant);
	}

	/** Ends all access tokens; they can be renewed. */
	expire(): void {
		this.live.clear();
	}

	/** Ends all connections, as when an admin or the user takes them back. */
	revoke(): void {
		for (const grant of this.grants) grant.isRevoked = true;
		this.live.clear();
	}

	/** Whether a request has an access token that is good now. */
	accepts(authorization: string | undefined): boolean {
		const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '';
		return (this.live.get(token)?.until ?? 0) > Date.now();
	}

	/** @returns undefined for a path that is none of OAuth2 */
	answer(request: RecordedRequest, segments: readonly string[], behaviour: Behaviour): Answer | undefined {
		const [root, what] = segments;
		if (root !== behaviour.oauthPath || segments.length !== 2) return undefined;
		if (what === 'authorize') return this.authorize(request);
		if (what === 'token' && request.method === 'POST') return this.token(request, behaviour);
		return undefined;
	}

	private authorize({ method, query, rawBody }: RecordedRequest): Answer {
		const client = this.clients.find(({ id }) => id === query['client_id']);
		const redirect = textOf(query, 'redirect_uri');
		if (client === undefined) return page(400, '<h1>Unknown client</h1>');
		if (!URL.canParse(redirect) || (client.redirects && !client.redirects.includes(redirect)))
			return page(400, `<h1>Redirect address not registered</h1><p>${escaped(redirect)}</p>`);
		const back = (parameters: Record<string, string>): Answer => {
			const address = new URL(redirect);
			const all = { ...parameters, state: textOf(query, 'state') };
			for (const [name, value] of Object.entries(all)) address.searchParams.set(name, value);
			return { status: 302, headers: { location: address.href } };
		};
		const isWhole = query['response_type'] === 'code' && query['code_challenge_method'] === 'S256';
		if (!isWhole || textOf(query, 'code_challenge') === '') return back({ error: 'invalid_request' });
		if (query['scope'] !== scope) return back({ error: 'invalid_scope' });
		if (method === 'GET') return consent(client);
		if (new URLSearchParams(rawBody).get('decision') !== 'allow') return back({ error: 'access_denied' });
		const code = secretText('code');
		const challenge = textOf(query, 'code_challenge');
		this.codes.set(code, { client, redirect, state: textOf(query, 'state'), challenge });
		return back({ code });
	}

	private token({ rawBody, headers }: RecordedRequest, { oauthClientIn }: Behaviour): Answer {
		const form = new URLSearchParams(rawBody);
		const client = this.clients.find(({ id, secret }) => {
			if (secret === undefined) return form.get('client_id') === id;
			const inHeader = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
			if (oauthClientIn === 'header') return headers.authorization === inHeader;
			return form.get('client_id') === id && form.get('client_secret') === secret;
		});
		if (client === undefined) return fault('invalid_client', 401);
		if (form.get('grant_type') === 'refresh_token') return this.renew(client, form.get('refresh_token') ?? '');
		if (form.get('grant_type') !== 'authorization_code') return fault('unsupported_grant_type');
		const code = form.get('code') ?? '';
		const asked = this.codes.get(code);
		this.codes.delete(code);
		const challenge = createHash('sha256')
			.update(form.get('code_verifier') ?? '')
			.digest('base64url');
		const isSame = asked?.client === client && asked.redirect === form.get('redirect_uri');
		if (!isSame || asked.challenge !== challenge) return fault('invalid_grant');
		return { status: 200, body: this.connect(client) };
	}

	/** A refresh token that comes a second time was stolen: the connection ends. */
	private renew(client: OAuthClient, token: string): Answer {
		const stolen = this.grants.find(({ spent }) => spent.has(token));
		if (stolen !== undefined) stolen.isRevoked = true;
		const grant = this.grants.find(({ refreshToken, isRevoked }) => refreshToken === token && !isRevoked);
		if (grant === undefined || grant.client !== client) return fault('invalid_grant');
		this.renewals += 1;
		return { status: 200, body: this.give(grant) };
	}

	private give(grant: Grant): TokenData & JsonObject {
		if (grant.refreshToken !== '') grant.spent.add(grant.refreshToken);
		grant.refreshToken = secretText('refresh');
		const access_token = secretText('access');
		this.live.set(access_token, { grant, until: Date.now() + this.lifetime * 1_000 });
		return {
			access_token,
			refresh_token: grant.refreshToken,
			token_type: 'Bearer',
			expires_in: this.lifetime,
			scope,
		};
	}
}

function consent({ id }: OAuthClient): Answer {
	return page(
		200,
		`<h1>Connect to Planhat</h1><p>The client ${escaped(id)} asks to read and change your data.</p>
		<form method="post"><button name="decision" value="allow">Allow</button>
		<button name="decision" value="deny">Deny</button></form>`,
	);
}
