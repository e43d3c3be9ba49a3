import { operations } from '../operations';
import { resources } from '../resources';

/** Names by the values of a selector, as text of an expression. */
function namesBy(entries: ReadonlyArray<readonly [value: string, name: string]>): string {
	return `(${JSON.stringify(Object.fromEntries(entries))})`;
}

/** What stands below the node on the canvas: "Create or Update: Company". n8n knows the values only, not their names. */
export function subtitle(): string {
	const operationNames = namesBy(operations.map(({ value, name }) => [value, name]));
	const resourceNames = namesBy(resources.map(({ resource, name }) => [resource, name]));
	return `={{ ${operationNames}[$parameter["operation"]] + ": " + ${resourceNames}[$parameter["resource"]] }}`;
}
