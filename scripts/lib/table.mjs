/**
 * A plain text table.
 *
 * @param {string[]} columns
 * @param {Array<Record<string, unknown>>} rows
 * @param {number} [widest] Characters of a cell; longer ones are cut.
 */
export function table(columns, rows, widest = 36) {
	const cell = (value) => cut(value, widest);
	const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
	const widths = columns.map((_column, place) => Math.max(...lines.map((line) => line[place].length)));
	const drawn = lines.map((line) => `  ${line.map((text, place) => text.padEnd(widths[place])).join('   ')}`.trimEnd());
	drawn.splice(1, 0, `  ${widths.map((width) => '-'.repeat(width)).join('   ')}`);
	return drawn.join('\n');
}

function cut(value, widest) {
	if (value === undefined || value === null) return '';
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}
