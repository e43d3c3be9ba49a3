import type { INodeProperties } from 'n8n-workflow';

import { sortProperty } from '../list/sort';
import { modelsHaving, operations, operationsTaking } from '../operations';
import { outputProperties } from '../output/parameters';
import { nameToConfirmProperty } from '../record/confirmName';
import { recordProperties } from '../record/locator';
import { models, resources } from '../resources';
import { hasAlternatives } from '../resources/model';
import type { Model } from '../resources/types';
import { fieldsProperties, type Mapper } from '../rows/parameters';
import { keylessRowsProperties } from '../rows/rowOptions';
import type { BatchOperation, MapperMode, Operation, Shown } from '../run/operation';
import { briefly } from './briefConditions';
import { noticeProperties } from './notices';
import { optionsProperty } from './options';
import { toolDescriptionProperties } from './toolDescriptions';
import { operationProperty, resourceProperty } from './selectors';

type Declared = Operation | BatchOperation;

function shownFor(some: readonly Declared[], among: readonly Model[] = modelsHaving(some)): Shown {
	return { resource: among.map(({ resource }) => resource), operation: some.map(({ value }) => value) };
}

function ownProperties(operation: Declared): INodeProperties[] {
	return operation.properties?.(shownFor([operation]), modelsHaving([operation])) ?? [];
}

const mapperModes: readonly MapperMode[] = ['add', 'map', 'upsert'];

/** New records of which one of several fields must be given have a form that demands none: n8n demands one field or none. */
function mappers(): Mapper[] {
	const taking = operationsTaking('fields');
	const usual = mapperModes.map((mode): Mapper => {
		const some = taking.filter(({ mapper }) => mapper === mode);
		const among = modelsHaving(some).filter((model) => mode !== 'add' || !hasAlternatives(model));
		return { mode, show: shownFor(some, among) };
	});
	const adding = taking.filter(({ mapper }) => mapper === 'add');
	return [...usual, { mode: 'map', show: shownFor(adding, modelsHaving(adding).filter(hasAlternatives)) }];
}

/** All parameters of the node: one selector of operations for each model, then what operations take. */
export function properties(): INodeProperties[] {
	const named = operationsTaking('record');
	const sorted = operationsTaking('sort');
	const matching = operations.filter(({ mapper }) => mapper === 'upsert');
	const taken = [
		...recordProperties(modelsHaving(named), shownFor(named).operation),
		nameToConfirmProperty(['update', 'delete']),
		...operations.flatMap(ownProperties),
		...fieldsProperties(shownFor(operationsTaking('fields')), mappers()),
		...keylessRowsProperties(shownFor(matching), modelsHaving(matching)),
		...noticeProperties(),
		...outputProperties(
			models,
			shownFor(operationsTaking('output')).operation,
			shownFor(operationsTaking('writtenOutput')).operation,
		),
		optionsProperty(),
		sortProperty(
			shownFor(
				sorted,
				modelsHaving(sorted).filter(({ sortable }) => sortable),
			),
		),
	];
	return [
		resourceProperty(),
		...resources.map(operationProperty),
		...toolDescriptionProperties(),
		...taken.map(briefly),
	];
}
