import { DateTime } from 'luxon';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { absentIn, isUnclear, nodeError, type NodeError } from '../transport/errors';
import type { Operation } from './operation';
import { speaksToModel } from './parameters';

/** Runs an operation over all input items of a node. */
type Run = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

/** What is said of a date that cannot be used holds one of these (`wants` of its readers). */
const aboutDates = /\b(takes a date|a date such as|a day such as)\b/;

/** Expressions are for who builds the tool. */
const expressionsTold = /\s*This (?:reads|rounds) it: \{\{.*?\}\}(?:, or \{\{.*?\}\})*/g;

/** A model does not know which day it is. */
function today(zone: string): string {
	return ` Today is ${DateTime.now().setZone(zone).setLocale('en').toFormat('cccc, yyyy-MM-dd')}.`;
}

function sentence(text: string): string {
	return /[.!?…]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}

/** What a model is told of a failure, with what it can do about it. */
function wordsFor(error: NodeError, zone: string): string {
	const record = absentIn(error);
	if (record !== undefined)
		return `There is no ${record} in Planhat. It may have been deleted. Look for it by name, or ask the user.`;
	const advice = error.description ?? '';
	const texts = [error.message, advice].map((text) => text.replace(expressionsTold, ''));
	const words = texts
		.filter((text) => text.trim() !== '')
		.map(sentence)
		.join(' ');
	return `${words}${aboutDates.test(words) ? today(zone) : ''}`;
}

/**
 * Makes a run speak to the model that calls it, where the node is a tool: n8n hands a model what comes out, and of an error
 * the message alone. That there is no such record is an answer for who asked for it, and no failure.
 */
export function saidToModel(run: Run, { value }: Pick<Operation, 'value'>): Run {
	return async function saidRun(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		if (!speaksToModel(this.getNode())) return await run.call(this);
		let thrown: unknown;
		try {
			return await run.call(this);
		} catch (error) {
			thrown = error;
		}
		const error = nodeError(this.getNode(), thrown);
		const words = wordsFor(error, this.getTimezone());
		const isAnswer = absentIn(error) !== undefined || isUnclear(error);
		if (value === 'get' && isAnswer && this.getInputData().length === 1)
			return [[{ json: { found: false, notice: words }, pairedItem: { item: 0 } }]];
		error.message = words;
		error.description = undefined;
		throw error;
	};
}
