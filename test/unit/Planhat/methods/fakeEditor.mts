import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

const credentials = { apiToken: 'token', baseUrl: 'https://api.planhat.com', callsPerMinute: 0 };
const node = {
	name: 'Planhat',
	type: 'planhat',
	parameters: {},
	credentials: { planhatApi: { id: '1', name: 'one' } },
};

interface Answer {
	statusCode: number;
	body: unknown;
}

/** n8n's side of a call of the editor, with the requests that it was asked to send. */
export function fakeEditor(
	parameters: Record<string, unknown>,
	answer: Answer = { statusCode: 200, body: [] },
	changes: object = {},
) {
	const sent: IHttpRequestOptions[] = [];
	const editor = {
		getNode: () => ({ ...node, ...changes }),
		getCredentials: async () => credentials,
		getCurrentNodeParameter: (name: string) => parameters[name],
		helpers: {
			async httpRequestWithAuthentication(_type: string, options: IHttpRequestOptions) {
				sent.push(options);
				return { headers: {}, ...answer };
			},
		},
	};
	return { editor: editor as unknown as ILoadOptionsFunctions, sent };
}
