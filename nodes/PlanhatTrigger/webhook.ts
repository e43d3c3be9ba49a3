import {
	NodeOperationError,
	type IBinaryData,
	type IBinaryKeyData,
	type IDataObject,
	type INodeExecutionData,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { clock } from '../Planhat/quota/clock';
import { isObject } from '../Planhat/values/checks';
import { shown } from '../Planhat/values/json';
import { actorsIn, isSkippedActor } from './delivery/actors';
import { readArrival, type Arrival, type WebhookRequest } from './delivery/arrival';
import { parseBody, readJsonText } from './delivery/body';
import type { BodyFile } from './delivery/forms';
import { shownHeaders, shownQuery } from './hidden';
import { isWanted, readRecords } from './delivery/payload';
import { RecentSecrets } from './secretCache';
import { defaultHeaderName, isVerified, readHeaderName } from './verification';
import { webhookSecretsOf } from './webhookSecrets';

/** What a delivery was checked against. */
interface Access {
	headerName: string;
	secrets: readonly string[];
	granted: boolean;
}

const recentSecrets = new RecentSecrets(clock.now);

/** Another workflow, node or credential has a right of its own to the secrets. */
function keyOf(context: IWebhookFunctions): string {
	const { id, credentials } = context.getNode();
	return JSON.stringify([context.getWorkflow().id, id, credentials]);
}

async function checkAccess(context: IWebhookFunctions, { headers }: WebhookRequest): Promise<Access> {
	const headerName = readHeaderName(context.getNodeParameter('headerName', ''));
	if (context.getNodeParameter('authentication', 'secret') === 'none')
		return { headerName, secrets: [], granted: true };
	const secrets = await recentSecrets.get(keyOf(context), async () => await webhookSecretsOf(context));
	return { headerName, secrets, granted: isVerified(headers[headerName], secrets) };
}

/** An error would become a failed execution, and a stranger could cause any number of them: to be in doubt is to refuse. */
async function accessOf(context: IWebhookFunctions, request: WebhookRequest): Promise<Access | undefined> {
	try {
		const access = await checkAccess(context, request);
		return access.granted ? access : undefined;
	} catch {
		return undefined;
	}
}

function answer(context: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	context.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

async function arrivalOf(context: IWebhookFunctions, request: WebhookRequest): Promise<Arrival | IWebhookResponseData> {
	try {
		return await readArrival(request);
	} catch (error) {
		return isObject(error) && error.type === 'entity.too.large'
			? answer(context, 413, 'The body is larger than n8n accepts: 16 MB, unless N8N_PAYLOAD_SIZE_MAX is set.')
			: answer(context, 400, 'The body did not arrive completely.');
	}
}

function namesIn(context: IWebhookFunctions, parameter: string): string[] {
	const names: unknown = context.getNodeParameter(parameter, []);
	return Array.isArray(names) ? names.map(String) : [];
}

/** What is no text goes with the first item, as binary data. */
async function binaryOf(context: IWebhookFunctions, files: BodyFile[]): Promise<IBinaryKeyData> {
	const stored = files.map(async ({ property, name, type, content }): Promise<[string, IBinaryData]> => [
		property,
		Buffer.isBuffer(content)
			? await context.helpers.prepareBinaryData(content, name, type)
			: await context.nodeHelpers.copyBinaryFile(content.path, name ?? property, type ?? 'application/octet-stream'),
	]);
	return Object.fromEntries(await Promise.all(stored));
}

/** What the user chose to answer with; an object where it is one in JSON. */
function responseOf(context: IWebhookFunctions): Pick<IWebhookResponseData, 'webhookResponse'> {
	const text: unknown = context.getNodeParameter('options.responseBody', '');
	return typeof text === 'string' && text !== '' ? { webhookResponse: readJsonText(text) ?? text } : {};
}

/** Somebody who listens for a test call looks at the panel, not at Planhat's log. */
function isListening(context: IWebhookFunctions): boolean {
	return context.getMode() === 'manual';
}

function namedIn(values: readonly unknown[]): string {
	const named = values.filter((value) => typeof value === 'string' && value !== '').map((value) => shown(value));
	return [...new Set(named)].slice(0, 3).join(', ') || 'none';
}

function unwantedCall(context: IWebhookFunctions, fields: readonly IDataObject[]): Error {
	const event = namedIn(fields.map((one) => one.event));
	const model = namedIn(fields.map((one) => one.model));
	return new NodeOperationError(
		context.getNode(),
		`Received a call that this workflow does not listen for (event: ${event}, model: ${model})`,
		{ description: "Change 'Trigger On' or 'Models', or the body in the automation, and listen again." },
	);
}

function skippedCall(context: IWebhookFunctions): Error {
	return new NodeOperationError(context.getNode(), "Received a call for a change of an actor in 'Skip Actors'", {
		description: 'Let somebody else change the record, or change the option, and listen again.',
	});
}

function unverifiedCall(context: IWebhookFunctions): Error {
	const name = String(context.getNodeParameter('headerName', '')).trim() || defaultHeaderName;
	return new NodeOperationError(context.getNode(), `Received a call without the right secret in the header '${name}'`, {
		description:
			"Compare the header in Planhat's step 'Call a webhook' with 'Header Name' and with the 'Webhook Secret' of the credential, and listen again.",
	});
}

/**
 * Takes a delivery of Planhat's: refuses it with 401 unless it is verified, before its body is read; answers 200 and starts
 * nothing when the workflow certainly does not wait for it; and otherwise starts the workflow with one item for each record.
 * It does not throw, whatever the delivery holds: n8n would make a failed execution of it. Only while somebody listens for a
 * test call it does, since the panel has no other way to say what is wrong.
 */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request: WebhookRequest = this.getRequestObject();
	const access = await accessOf(this, request);
	if (access === undefined) {
		if (isListening(this)) throw unverifiedCall(this);
		return answer(this, 401, 'Unauthorized');
	}
	const arrival = await arrivalOf(this, request);
	if (!('bytes' in arrival)) return arrival;

	const { headerName, secrets } = access;
	const query = shownQuery(request.query ?? {}, secrets);
	const hasQuery = Object.keys(query).length > 0;
	const { value, files, isUnparsed, text } = await parseBody(arrival);
	// GET has no body: what an automation says by it stands in the address.
	const isEmpty = value === undefined && files.length === 0;
	const found = readRecords(isEmpty && hasQuery ? query : value);
	const [events, models] = [namesIn(this, 'events'), namesIn(this, 'models')];
	const matching = found.filter((record) => isWanted(record, events, models));
	const skipped = actorsIn(this.getNodeParameter('options.skipActors', ''));
	const records = matching.filter(({ fields }) => !isSkippedActor(fields.actor, skipped));
	if (records.length === 0 && matching.length > 0) {
		if (isListening(this)) throw skippedCall(this);
		return answer(this, 200, 'Received. The workflow skips what this actor does.');
	}
	if (records.length === 0) {
		const fields = found.map((record) => record.fields);
		if (isListening(this)) throw unwantedCall(this, fields);
		return answer(this, 200, 'Received. The workflow does not listen for this event or model.');
	}

	const headers = shownHeaders(request.headers, headerName, secrets);
	const binary = await binaryOf(this, files);
	const items = records.map(({ fields }, place): INodeExecutionData => ({
		json: {
			...fields,
			...(place === 0 && text !== undefined && fields.body === undefined && { body: text }),
			...(isUnparsed && { unparsed: true }),
			headers: { ...headers },
			...(hasQuery && { query: { ...query } }),
		},
		...(place === 0 && files.length > 0 && { binary }),
	}));
	return { workflowData: [items], ...responseOf(this) };
}
