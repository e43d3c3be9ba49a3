import { LoadOptionsContext } from 'n8n-core';
import {
	Workflow,
	type ICredentialDataDecryptedObject,
	type INodeParameters,
	type INodeTypes,
	type ResourceMapperField,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { additionalData, asOpened, loadPlanhat, planhatNode } from './harness.mts';

export interface OfferedColumn extends ResourceMapperField {
	fieldType?: string;
}

export interface MapperColumns extends ResourceMapperFields {
	fields: OfferedColumn[];
}

/** Asks for the columns of the field mapper in n8n's own context of editor calls; null: no credential is chosen. */
export async function mapperColumnsOf(
	parameters: INodeParameters,
	credentials: ICredentialDataDecryptedObject | null,
): Promise<MapperColumns> {
	const type = loadPlanhat();
	const nodeTypes = {
		getByName: () => type,
		getByNameAndVersion: () => type,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const node = planhatNode({ parameters, credentials: credentials ?? {} });
	if (credentials === null) delete node.credentials;
	const workflow = new Workflow({ id: '1', nodes: [node], connections: {}, nodeTypes, active: false });
	const data = { ...additionalData(credentials ?? {}), currentNodeParameters: asOpened(node) };
	const context = new LoadOptionsContext(workflow, node, data as never, 'parameters.fields');
	const method = type.methods?.resourceMapping?.getMappingColumns;
	if (method === undefined) throw new Error('The node has no field mapper');
	return (await method.call(context)) as MapperColumns;
}
