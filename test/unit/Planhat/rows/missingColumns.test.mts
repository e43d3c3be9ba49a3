import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INode } from 'n8n-workflow';

import { missingColumnsHint, noteColumns } from '../../../../nodes/Planhat/rows/missingColumns.ts';

function runOf(value: IDataObject, type = 'n8n-nodes-planhat.planhat') {
	const parameters = { fields: { mappingMode: 'defineBelow', value } } as INode['parameters'];
	return { tenant: {}, node: { type, parameters } };
}

describe('A column that no item has', () => {
	it.each([
		'={{ $json.Stage }}',
		'={{ $json["Next stage"] }}',
		"={{ $('Get rows').item.json.a[0] }}",
		'={{ $("Rows").first().json.Größe }}',
	])('is told of a field that is mapped to it: %s', (phase) => {
		const run = runOf({ phase });
		noteColumns(run, { phase: undefined });
		expect(missingColumnsHint(run)).toEqual([
			`No item has what these fields are mapped to, so that they were left out: 'phase' (${phase.slice(1)}). Check the names of the columns.`,
		]);
	});

	it.each(['={{ $json.a || undefined }}', '={{ $now }}', '=Stage {{ $json.a }}', 'Live', '=', 7])(
		'is not told of another value: %s',
		(phase) => {
			const run = runOf({ phase });
			noteColumns(run, { phase: undefined });
			expect(missingColumnsHint(run)).toEqual([]);
		},
	);

	it('is one that every item lacks: an empty one is there', () => {
		const run = runOf({ phase: '={{ $json.a }}', city: '={{ $json.b }}', zip: '={{ $json.c }}' });
		noteColumns(run, { city: null });
		noteColumns(run, { phase: '' });
		const [hint] = missingColumnsHint(run);
		expect(hint).toContain("left out: 'zip' ({{ $json.c }}). ");
	});

	it('is told nobody before an item was read, nor a model, which reads no hints', () => {
		expect(missingColumnsHint(runOf({ phase: '={{ $json.a }}' }))).toEqual([]);
		const tool = runOf({ phase: '={{ $json.a }}' }, 'n8n-nodes-planhat.planhatTool');
		noteColumns(tool, {});
		expect(missingColumnsHint(tool)).toEqual([]);
	});
});
