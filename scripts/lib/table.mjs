const widest = 36;

/**
 * A plain text table.
 *
 * @param {string[]} columns
 * @param {Array<Record<string, unknown>>} rows
 */
export function table(columns, rows) {
	const lines = [columns, ...rows.map((row) => columns.map((column) => cell(row[column])))];
	const widths = columns.map((_column, place) => Math.max(...lines.map((line) => line[place].length)));
	const drawn = lines.map((line) => `  ${line.map((text, place) => text.padEnd(widths[place])).join('   ')}`.trimEnd());
	drawn.splice(1, 0, `  ${widths.map((width) => '-'.repeat(width)).join('   ')}`);
	return drawn.join('\n');
}

function cell(value) {
	if (value === undefined || value === null) return '';
	const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
	return text.length > widest ? `${text.slice(0, widest - 1)}…` : text;
}
