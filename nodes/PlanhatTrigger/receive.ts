import type {
	IBinaryData,
	IBinaryKeyData,
	IDataObject,
	INodeExecutionData,
	IWebhookFunctions,
	IWebhookResponseData,
} from 'n8n-workflow';

import { isRecord } from '../Planhat/transport/answers';
import { clock } from '../Planhat/transport/clock';
import { bytesOf, filesOf, readBody, readJsonText, type WebhookRequest } from './body';
import { isWantedEvent, isWantedModel } from './names';
import { readRecords } from './payload';
import { RecentSecrets } from './recentSecrets';
import { isVerified, readHeaderName, readSecrets, withoutSecrets } from './verification';

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
	return JSON.stringify([context.getWorkflow().id, id, credentials?.planhatApi]);
}

async function checkAccess(context: IWebhookFunctions, { headers }: WebhookRequest): Promise<Access> {
	const headerName = readHeaderName(context.getNodeParameter('headerName', ''));
	if (context.getNodeParameter('authentication', 'secret') === 'none')
		return { headerName, secrets: [], granted: true };
	const secrets = await recentSecrets.get(keyOf(context), async () => {
		const { webhookSecret } = await context.getCredentials('planhatApi');
		return readSecrets(webhookSecret);
	});
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

function namesIn(context: IWebhookFunctions, parameter: string): string[] {
	const names: unknown = context.getNodeParameter(parameter, []);
	return Array.isArray(names) ? names.map(String) : [];
}

function wantedRecords(context: IWebhookFunctions, request: WebhookRequest): IDataObject[] {
	const events = namesIn(context, 'events');
	const models = namesIn(context, 'models');
	return readRecords(readBody(request)).filter(({ event, model, record }) => {
		return isWantedEvent(event, events) && isWantedModel(model, models, isRecord(record) ? record : {});
	});
}

/** What is no text goes with the first item, as binary data. */
async function binaryOf(context: IWebhookFunctions, request: WebhookRequest): Promise<IBinaryKeyData> {
	const bytes = bytesOf(request);
	const files = filesOf(request).map(async ({ field, path, name, type }, place): Promise<[string, IBinaryData]> => [
		`${field}_${place}`,
		await context.nodeHelpers.copyBinaryFile(path, name, type ?? 'application/octet-stream'),
	]);
	return {
		...(bytes && { data: await context.helpers.prepareBinaryData(bytes, undefined, request.contentType) }),
		...Object.fromEntries(await Promise.all(files)),
	};
}

/** What the user chose to answer with; an object where it is one in JSON. */
function responseOf(context: IWebhookFunctions): Pick<IWebhookResponseData, 'webhookResponse'> {
	const text: unknown = context.getNodeParameter('options.responseBody', '');
	return typeof text === 'string' && text !== '' ? { webhookResponse: readJsonText(text) ?? text } : {};
}

/**
 * Takes a delivery of Planhat's: refuses it with 401 unless it is verified, answers 200 and starts nothing when the
 * workflow does not wait for it, and otherwise starts the workflow with one item for each record.
 * It does not throw, whatever the delivery holds: n8n would make a failed execution of it.
 */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request: WebhookRequest = this.getRequestObject();
	const access = await accessOf(this, request);
	if (access === undefined) return answer(this, 401, 'Unauthorized');

	const records = wantedRecords(this, request);
	if (records.length === 0) return answer(this, 200, 'Received. The workflow does not wait for this event or model.');

	const { headerName, secrets } = access;
	const headers = withoutSecrets(request.headers, headerName, secrets);
	const query = withoutSecrets(request.query ?? {}, headerName, secrets);
	const binary = await binaryOf(this, request);
	const items = records.map((record, place): INodeExecutionData => ({
		json: { ...record, headers: { ...headers }, ...(Object.keys(query).length > 0 && { query: { ...query } }) },
		...(place === 0 && Object.keys(binary).length > 0 && { binary }),
	}));
	return { workflowData: [items], ...responseOf(this) };
}
