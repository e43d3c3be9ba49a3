import { availableParallelism } from 'node:os';
import { format, resolveConfig } from 'prettier';
import { bars, holdsWanted, median, ratiosOf } from './measure.mjs';

export const resultColumns = ['Work', 'This package', 'Beside it', 'Takes', 'Ratio', 'Wanted', 'Held today'];

/**
 * One line of the table, as texts.
 *
 * @param {import('./measure.mjs').Comparison} comparison
 */
export function lineOf(comparison) {
	const { id, work, unit, ours, beside, theirs, note } = comparison;
	return {
		Work: work,
		'This package': `${spread(ours)} ${unit}`,
		'Beside it': note === undefined ? beside : `${beside}; ${note}`,
		Takes: `${spread(theirs)} ${unit}`,
		Ratio: spread(ratiosOf(comparison)),
		...barsOf(id, holdsWanted(comparison)),
	};
}

function barsOf(id, isHeld) {
	const { most, least, today } = bars[id] ?? {};
	if (most === undefined && least === undefined) return { Wanted: '', 'Held today': '' };
	const sign = most === undefined ? '≥' : '≤';
	return {
		Wanted: `${sign} ${most ?? least}${isHeld ? '' : ', **missed**'}`,
		'Held today': `${sign} ${today ?? most ?? least}`,
	};
}

/** The median, and the least and the most. */
function spread(figures) {
	const digits = Math.max(...figures) >= 100 ? 0 : 2;
	const text = (figure) => figure.toFixed(digits);
	if (figures.length === 1) return text(figures[0]);
	return `${text(median(figures))} (${text(Math.min(...figures))} to ${text(Math.max(...figures))})`;
}

/**
 * RESULTS.md.
 *
 * @param {import('./measure.mjs').Comparison[]} comparisons
 * @param {Array<{ work: string, shares: import('./profile.mjs').Shares }>} profiles
 * @param {{ n8n: string, seconds: number, load: number }} run
 */
export async function resultsPage(comparisons, profiles, { n8n, seconds, load }) {
	const page = [
		'# Results',
		'',
		`Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.versions.node}, n8n ${n8n}, ` +
			`${availableParallelism()} cores, a load of ${load.toFixed(1)} before it began, ${Math.round(seconds)} seconds.`,
		'',
		'A figure is the median of the rounds (minimum to maximum), the ratio the median of the ratios of the rounds: this ' +
			'package by what stands beside it. *Wanted* is the bar that was set; *held today* is what `--quick` checks, with half as ' +
			'much again for noise. [How it is measured](README.md).',
		'',
		...tableOf(resultColumns, comparisons.map(lineOf)),
		'',
		...explanationsOf(comparisons),
		'## Where the time goes',
		'',
		"One more round of each, with V8's profiler. What JavaScript and Node do belongs to the file that called it. *Idle*: the " +
			'server worked, or the machine did something else.',
		'',
		...tableOf(profileColumns, profiles.map(profileLine)),
		'',
	].join('\n');
	return await format(page, { ...(await resolveConfig(import.meta.url.slice(7))), parser: 'markdown' });
}

const profileColumns = [
	'Work',
	'This package',
	'n8n and its libraries',
	'Node',
	'Garbage collection',
	'Idle',
	'In all, profiled',
];

function profileLine({ work, shares }) {
	const all = Object.values(shares).reduce((sum, one) => sum + one, 0);
	const part = (share) => `${Math.round((share / all) * 100)} %`;
	const parts = [shares.ours, shares.n8n, shares.node, shares.garbage, shares.idle].map(part);
	return Object.fromEntries([work, ...parts, `${Math.round(all)} ms`].map((text, at) => [profileColumns[at], text]));
}

function tableOf(names, lines) {
	const row = (cells) => `| ${cells.join(' | ')} |`;
	return [row(names), row(names.map(() => '---')), ...lines.map((line) => row(names.map((name) => line[name])))];
}

function explanationsOf(comparisons) {
	const missed = comparisons.filter((one) => !holdsWanted(one));
	if (missed.length === 0) return [];
	const reasons = missed.map(
		({ id, work, beside }) => `- **${work}**, beside ${beside}: ${bars[id].because ?? 'not explained yet.'}`,
	);
	return ['## Bars that were missed', '', ...reasons, ''];
}

const earlierColumns = ['Work', 'Today', 'Earlier', 'Times as fast'];
const figureNames = { wall: 'time', cpu: 'processor time', block: 'longest block' };

function earlierLine({ work, figure, unit, ours, theirs }) {
	return {
		Work: `${work}: ${figureNames[figure]}`,
		Today: `${spread(ours)} ${unit}`,
		Earlier: `${spread(theirs)} ${unit}`,
		'Times as fast': spread(theirs.map((time, round) => time / ours[round])),
	};
}

/**
 * EARLIER.md.
 *
 * @param {Array<{ work: string, figure: string, unit: string, ours: number[], theirs: number[] }>} lines
 * @param {{ commit: string, load: number }} run
 */
export async function earlierPage(lines, { commit, load }) {
	const page = [
		'# Beside an earlier commit',
		'',
		`Written by \`npm run bench:earlier\` on ${new Date().toISOString().slice(0, 10)}: today's package beside that of commit ` +
			`\`${commit}\`, each in a process of its own, ${lines[0].ours.length} rounds in turns; Node ${process.versions.node}, ` +
			`${availableParallelism()} cores, a load of ${load.toFixed(1)} before it began.`,
		'',
		'A figure is the median of the rounds (minimum to maximum), the last column the median of the ratios of the rounds. The ' +
			'time is that of the clock, with all for which the node waits; processor time is what the process of the node used, and ' +
			'other work on the machine hardly changes it.',
		'',
		...tableOf(earlierColumns, lines.map(earlierLine)),
		'',
	].join('\n');
	return await format(page, { ...(await resolveConfig(import.meta.url.slice(7))), parser: 'markdown' });
}
