import type { INodeProperties, INodePropertyMode, INodePropertyRegexValidation } from 'n8n-workflow';

import { referenceModes } from '../resources/model';
import type { Model, ReferenceMode } from '../resources/types';

/** n8n checks what is typed, from its beginning to its end; expressions pass it by. */
function validation(regex: string, errorMessage: string): INodePropertyRegexValidation[] {
	return [{ type: 'regex', properties: { regex, errorMessage } }];
}

const notBlank = validation('.*\\S.*', 'Must not be empty');

const modes: Record<ReferenceMode, Omit<INodePropertyMode, 'type'>> = {
	list: {
		displayName: 'From List',
		name: 'list',
		placeholder: 'Select a record...',
		typeOptions: { searchListMethod: 'searchRecords', searchable: true },
	},
	id: {
		displayName: 'By ID',
		name: 'id',
		placeholder: 'e.g. 61006bc89a3e0b702ed8ea49',
		hint: "Planhat's ID of the record (24 characters, 0 to 9 and a to f), or a link to the record in Planhat",
		// Planhat's prefixes for other keys are taken too; which record a link names is looked at when the node runs.
		validation: validation(
			'\\s*([0-9a-fA-F]{24}|(ext|src)id-.+|(https?://|[\\w-]+\\.)\\S*[0-9a-fA-F]{24}\\S*)\\s*',
			'Not a Planhat ID or a link with one',
		),
	},
	externalId: {
		displayName: 'By External ID',
		name: 'externalId',
		placeholder: 'e.g. acme-1',
		hint: "The record's ID in your own system",
		validation: notBlank,
	},
	sourceId: {
		displayName: 'By Source ID',
		name: 'sourceId',
		placeholder: 'e.g. 0012000001UchdsAAB',
		hint: "The record's ID in a connected system, such as a CRM",
		validation: notBlank,
	},
	email: {
		displayName: 'By Email',
		name: 'email',
		placeholder: 'e.g. name@email.com',
		validation: validation('\\s*[^\\s@]+@[^\\s@]+\\s*', 'Not an email address'),
	},
};

function modeProperty(mode: ReferenceMode): INodePropertyMode {
	return { ...modes[mode], type: mode === 'list' ? 'list' : 'string' };
}

/** The parameter `recordId`, once for each set of modes, since n8n cannot hide single modes. */
export function recordProperties(models: readonly Model[], operations: readonly string[]): INodeProperties[] {
	const groups = new Map<string, Model[]>();
	for (const model of models) {
		const key = referenceModes(model).join();
		groups.set(key, [...(groups.get(key) ?? []), model]);
	}
	return [...groups.values()].map((group) => ({
		displayName: 'Record',
		name: 'recordId',
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		displayOptions: { show: { resource: group.map((model) => model.resource), operation: [...operations] } },
		description: 'The record to work on',
		modes: group.slice(0, 1).flatMap((model) => referenceModes(model).map(modeProperty)),
	}));
}
