/** As n8n's helper throws it. */
export function networkError(code: string, message = `connect ${code} 10.0.0.1:443`): Error {
	const cause = Object.assign(new Error(message), { code });
	return new Error('n8n has words of its own', { cause });
}
