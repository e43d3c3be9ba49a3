import { availableParallelism } from 'node:os';
import { keepsBar, ratioOf, median } from './measure.mjs';

/**
 * The table of RESULTS.md, and what stands above it.
 *
 * @param {Array<{ title: string, comparisons: import('./measure.mjs').Comparison[] }>} parts
 * @param {{ n8n: string, seconds: number }} run
 */
export function resultsPage(parts, { n8n, seconds }) {
	const lines = [
		'# Results',
		'',
		`Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, n8n ${n8n}, ` +
			`${availableParallelism()} cores, ${Math.round(seconds)} seconds. Each figure is the median of the rounds (minimum to maximum), the ratio the median ` +
			'of the ratios of the rounds: this package by what stands beside it. [How it is measured](README.md).',
		'',
	];
	for (const { title, comparisons } of parts) lines.push(`## ${title}`, '', ...tableOf(comparisons), '');
	return lines.join('\n');
}

function tableOf(comparisons) {
	return [
		'| Work | This package | Beside it | | Ratio | Bar |',
		'| --- | --- | --- | --- | --- | --- |',
		...comparisons.map(
			(one) =>
				`| ${one.work} | ${spread(one.ours)} ${one.unit} | ${one.beside} | ${spread(one.theirs)} ${one.unit} | ` +
				`${ratioOf(one).toFixed(2)} | ${barOf(one)}${one.note === undefined ? '' : ` ${one.note}`} |`,
		),
	];
}

/** What the ratio must keep, and whether it does. */
export function barOf(comparison) {
	const { most, least } = comparison.bar ?? {};
	if (most === undefined && least === undefined) return '';
	return `${most === undefined ? `≥ ${least}` : `≤ ${most}`}, ${keepsBar(comparison) ? 'held' : '**missed**'}.`;
}

/** The median, and the least and the most. */
export function spread(figures) {
	const digits = Math.max(...figures) >= 100 ? 0 : 2;
	const text = (figure) => figure.toFixed(digits);
	if (figures.length === 1) return text(figures[0]);
	return `${text(median(figures))} (${text(Math.min(...figures))} to ${text(Math.max(...figures))})`;
}
