import { PollContext } from 'n8n-core';
import {
	NodeHelpers,
	sleep,
	Workflow,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeTypes,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { PlanhatPollingTrigger } from '../../dist/nodes/PlanhatPollingTrigger/PlanhatPollingTrigger.node.js';
import { additionalData, typeOf } from './harness.mts';

export interface PollOptions {
	mode?: WorkflowExecuteMode;
	/** What n8n grants the poll. Milliseconds. */
	budget?: number;
}

/** A published workflow with the built trigger: what n8n keeps for it, and polls one after the other. */
export class PollingWorkflow {
	/** As n8n's database has it: it is read before each poll, and written after one that did not fail. */
	private stored = '{}';

	/** What n8n holds of it while the workflow is published: polls that overlap share it. */
	private inMemory?: IDataObject;

	constructor(
		private credentials: ICredentialDataDecryptedObject,
		private parameters: INodeParameters,
	) {}

	/** Publishes it anew with other parameters, or another credential. */
	change(parameters: INodeParameters, credentials = this.credentials): void {
		this.parameters = { ...this.parameters, ...parameters };
		this.credentials = credentials;
	}

	get staticData(): IDataObject {
		return JSON.parse(this.stored) as IDataObject;
	}

	/** Two polls at once, as n8n makes them where one takes longer than the time between them. */
	async pollTwice(milliseconds: number): Promise<IDataObject[][]> {
		this.inMemory = this.staticData;
		const first = this.poll();
		await sleep(milliseconds);
		const polls = await Promise.all([first, this.poll()]);
		this.inMemory = undefined;
		return polls;
	}

	/** The records of one poll; none where n8n starts nothing. */
	async poll({ mode = 'trigger', budget = 48_000 }: PollOptions = {}): Promise<IDataObject[]> {
		const type = new PlanhatPollingTrigger();
		const { type: credentialType, authentication } = typeOf(this.credentials);
		const filled = NodeHelpers.getNodeParameters(
			type.description.properties,
			{ ...this.parameters, authentication },
			true,
			false,
			null,
			type.description,
		);
		const node: INode = {
			id: '1',
			name: 'Planhat Polling Trigger',
			type: 'n8n-nodes-planhat.planhatPollingTrigger',
			typeVersion: 1,
			position: [0, 0],
			parameters: filled ?? {},
			credentials: { [credentialType]: { id: '1', name: 'Planhat account' } },
		};
		const nodeTypes = { getByName: () => type, getByNameAndVersion: () => type, getKnownTypes: () => ({}) };
		const workflow = new Workflow({
			id: '1',
			nodes: [node],
			connections: {},
			active: true,
			nodeTypes: nodeTypes as unknown as INodeTypes,
		});
		const kept = this.inMemory ?? this.staticData;
		const context = new PollContext(
			workflow,
			node,
			additionalData(this.credentials),
			mode,
			'activate',
			undefined,
			undefined,
			undefined,
			undefined,
			() => kept,
			() => budget,
		);
		const items = await type.poll.call(context);
		this.stored = JSON.stringify(kept);
		return (items ?? []).flat().map(({ json }) => json);
	}
}
