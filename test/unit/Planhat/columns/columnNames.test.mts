import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { modelOf } from '../../../../nodes/Planhat/resources/index.ts';
import {
	cleaned,
	commonSpelling,
	isNameOfN8n,
	nearestField,
	spelling,
} from '../../../../nodes/Planhat/columns/columnNames.ts';
import { runs } from '../../../runs.mts';

const fieldsOf = (resource: string) => (modelOf(resource)?.fields ?? []).filter(({ readOnly }) => !readOnly);
const nearest = (name: string, resource = 'company') => nearestField(name, fieldsOf(resource))?.name;

describe('A column name', () => {
	it.each([
		['\ufeffexternalId', 'externalId'],
		['ï»¿externalId', 'externalId'],
		[' externalId\t', 'externalId'],
		['\u00a0External ID\u200b', 'External ID'],
		['Gro\u0308\u00dfe', 'Gr\u00f6\u00dfe'],
		['a b', 'a b'],
		['\ufeff', ''],
	])('%j is meant as %j', (name, meant) => {
		expect(cleaned(name)).toBe(meant);
	});

	it('is cleaned once and for all, whatever it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (name) => cleaned(cleaned(name)) === cleaned(name)),
			{ numRuns: runs(2_000) },
		);
	});

	it('has one spelling, whatever its capitals, blanks, _ and -', () => {
		expect(['ExternalID', 'external_id', ' External-Id ', 'EXTERNAL ID'].map(spelling)).toEqual(
			Array.from({ length: 4 }, () => 'externalid'),
		);
		expect(spelling('Exter\u200bnal\u00ad ID')).toBe('externalid');
		expect(spelling('external.id')).not.toBe('externalid');
	});

	it.each([
		['externalId', 'extId'],
		['External ID', 'ext_id'],
		['companyId', 'cId'],
		['owner', 'ownerId'],
		['currency', '_currency'],
	])('%j is in some model what %j is in another', (one, other) => {
		expect(commonSpelling(one)).toBe(commonSpelling(other));
	});

	it.each([
		['sourceId', 'externalId'],
		['owner', 'coOwner'],
		['name', 'title'],
	])('%j is not what %j is', (one, other) => {
		expect(commonSpelling(one)).not.toBe(commonSpelling(other));
	});

	it("may be n8n's own", () => {
		expect(
			['row_number', 'toolCallId', 'sessionId', 'chatInput', '$tool', '$toolName'].filter((name) => !isNameOfN8n(name)),
		).toEqual([]);
		expect(['Row_Number', 'rowNumber', 'name', 'tool', '$set', 'session'].filter(isNameOfN8n)).toEqual([]);
	});
});

describe('The nearest field', () => {
	it.each([
		['phse', 'company', 'phase'],
		['nmae', 'company', 'name'],
		['Phone', 'company', 'phonePrimary'],
		['descriptoin', 'company', 'description'],
		['website', 'company', 'web'],
		['title', 'task', 'action'],
		['Company', 'license', 'companyId'],
		['companyid', 'license', 'companyId'],
		['ext_id', 'license', 'externalId'],
		['Start Time', 'task', 'startTime'],
	])('of %j in the model %s is %s', (name, resource, field) => {
		expect(nearest(name, resource)).toBe(field);
	});

	it.each(['Id', 'x', 'Titel', 'Umsatz', 'row', '', 'a'.repeat(1_000)])('of %j is none', (name) => {
		expect(nearest(name)).toBeUndefined();
	});

	it('of the name of a field is the field', () => {
		for (const { name } of fieldsOf('company')) expect(nearest(name)).toBe(name);
	});
});
