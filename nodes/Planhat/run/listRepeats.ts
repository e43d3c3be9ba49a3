import type { PlanhatRequest } from '../transport/request';
import type { DeclaredRequest } from './operation';

/** Notices a run whose items all ask for the same list, as they do when nobody thought of there being several. */
export class ListRepeats {
	private first?: string;

	private count = 0;

	private differs = false;

	/** @param declared the operation's request: one that adds nothing to its path is that of a list */
	constructor(private readonly declared: DeclaredRequest) {}

	/** @param request of the next item; undefined where it came to none */
	add(request: PlanhatRequest | undefined): void {
		const { method, url } = this.declared;
		if (this.differs || method !== 'GET' || request?.url !== url) {
			this.differs = true;
			return;
		}
		const asked = JSON.stringify(request);
		this.first ??= asked;
		this.differs = asked !== this.first;
		this.count += 1;
	}

	/** @returns a text for an execution hint, undefined where nothing was asked for twice */
	hint(): string | undefined {
		if (this.differs || this.count < 2) return undefined;
		return `All ${this.count} input items requested the same list, so each of its records is in the output ${this.count} times. To request it once, turn on 'Execute Once' in the settings of this node.`;
	}
}
