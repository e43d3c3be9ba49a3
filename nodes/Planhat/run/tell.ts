import type { IExecuteFunctions } from 'n8n-workflow';

/**
 * Makes what says something while a run goes on: in n8n's log, and in the console of the editor where somebody runs the
 * workflow there.
 */
export function teller(
	context: Pick<IExecuteFunctions, 'logger'> & Partial<IExecuteFunctions>,
): (message: string) => void {
	return (message) => {
		context.logger.info(message);
		// Where n8n runs the node by its routing, there is no way to the editor.
		context.sendMessageToUI?.(message);
	};
}
