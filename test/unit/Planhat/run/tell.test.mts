import { expect, it } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { teller } from '../../../../nodes/Planhat/run/tell.ts';

it('what is said while a run goes on is in the log of n8n, and in the editor where that is there', () => {
	const said: string[] = [];
	const logger = { info: (message: string) => said.push(`log: ${message}`) } as unknown as IExecuteFunctions['logger'];
	teller({ logger })('one');
	teller({ logger, sendMessageToUI: (message: string) => said.push(`editor: ${message}`) })('two');
	expect(said).toEqual(['log: one', 'log: two', 'editor: two']);
});
