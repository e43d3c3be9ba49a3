import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import type { OpenRun } from '../run/openRun';
import { customFieldsAmong, customPrefix, storedColumns } from '../tenant/mapperColumns';
import { isObject } from '../values/checks';
import { isoTime, readDate } from '../values/dates';

/** Gives times that were picked in the editor the offset that they lack. */
export type TimePicker = (values: IDataObject) => IDataObject;

/** How the editor's picker writes a time. Midnight is what it writes for a day without a time, which has no zone. */
const pickedTime = /^\d{4}-\d{2}-\d{2}T(?!00:00:00$)\d{2}:\d{2}:\d{2}$/;

function timeColumns(model: Model, fields: unknown): Set<string> {
	const standard = model.fields.filter(({ type }) => type === 'date').map(({ name }) => name);
	const custom = customFieldsAmong(storedColumns(fields)).filter(({ type }) => type === 'date');
	return new Set([...standard, ...custom.map(({ name }) => `${customPrefix}${name}`)]);
}

function inZone(value: unknown, timezone: string): unknown {
	const date = readDate(value, timezone, timezone);
	return date === undefined ? value : isoTime(date.milliseconds);
}

/**
 * Finds the times that were picked in the editor: they carry no offset and are meant in the time zone of the workflow. Text
 * from the input, by an expression, is taken as UTC like everywhere else.
 */
export function timePicker({ model, node, timezone }: Pick<OpenRun, 'model' | 'node' | 'timezone'>): TimePicker {
	const fields: unknown = node.parameters.fields;
	const typed = isObject(fields) && isObject(fields.value) ? Object.entries(fields.value) : [];
	const times = typed.filter(([, value]) => typeof value === 'string' && pickedTime.test(value));
	if (times.length === 0) return (values) => values;
	const columns = timeColumns(model, fields);
	const picked = times.filter(([name]) => columns.has(name)).map(([name, value]) => [name, inZone(value, timezone)]);
	return (values) => ({ ...values, ...(Object.fromEntries(picked) as IDataObject) });
}
