/** One assumption about Planhat, as test/facts/assumptions.json holds it. */
export type Assumption = {
	id: string;
	/** What the package takes to be so. */
	takes: string;
	evidence: { kind: string; source: string };
	/** Files of the package that build on it. */
	restsOn: string[];
	/** What happens if it is otherwise. */
	otherwise: string;
	/** Whether something could get lost then, or be done twice. */
	lost: boolean;
	/** `read`, `write`, or `none: ` and why there is no probe. */
	probe: string;
	/** How the double behaves where the assumption does not hold. */
	turned: Record<string, unknown>;
};

/** docs/assumptions.md. */
export function assumptionsPage(assumptions: readonly Assumption[]): string {
	const sections = assumptions.map(({ id, takes, evidence, restsOn, otherwise, lost, probe }) => {
		const files = restsOn.map((file) => `\`${file}\``).join(', ');
		return [
			`## ${id}`,
			`${takes}`,
			[
				`- **Evidence**: ${evidence.kind}: ${evidence.source}`,
				`- **Rests on it**: ${files}`,
				`- **Otherwise**: ${otherwise}${lost ? ' **Something may be lost or doubled.**' : ''}`,
				`- **Probe**: ${probe}`,
			].join('\n'),
		].join('\n\n');
	});
	const intro = `# Assumptions about Planhat

What the package takes to be so without having seen it in a Planhat of its own. Whoever has a token settles it with
\`npm run check:planhat\`; see [scripts/check](../scripts/check/README.md). Made from \`test/facts/assumptions.json\` by
\`npx tsx scripts/checkPlanhat.mts --page\`.`;
	return `${[intro, ...sections].join('\n\n')}\n`;
}

/** A table of texts, for the terminal. */
export function outcomeTable(rows: readonly (readonly string[])[]): string {
	const widths = (rows[0] ?? []).map((_text, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
	return rows
		.map((row) =>
			row
				.map((text, column) => text.padEnd(widths[column] ?? 0))
				.join('  ')
				.trimEnd(),
		)
		.join('\n');
}
