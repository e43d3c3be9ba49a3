import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import prettier from 'prettier';
import { checkoutFolder } from '../../../scripts/lib/checkout.mjs';

const page = join(checkoutFolder, 'docs', 'agents.md');
const marks = ['<!-- measured: begin -->', '<!-- measured: end -->'];

/** What was seen: of each request, by tenant and door, how many calls and tokens. */
const measured = [];

/**
 * Keeps what one request took.
 *
 * @param {{ asks: string, size: number, door: string, calls: number, tokens: number, offered: number }} one
 */
export function keepMeasured(one) {
	measured.push(one);
}

const number = (value) => value.toLocaleString('en');

/** The same tenant is asked at each door: the dearer one counts. */
function most(field, wanted) {
	const found = measured.filter((one) => Object.entries(wanted).every(([name, value]) => one[name] === value));
	return Math.max(...found.map((one) => one[field]));
}

function tableOf() {
	const asked = [...new Set(measured.map(({ asks }) => asks))];
	const sizes = [...new Set(measured.map(({ size }) => size))];
	const sum = (size) => asked.reduce((total, asks) => total + most('tokens', { asks, size }), 0);
	const good = (size) =>
		asked.filter((asks) => most('tokens', { asks, size }) <= 1_500 && most('calls', { asks, size }) <= 3).length;
	const doors = [...new Set(measured.map(({ door }) => door))];
	return [
		`| Request | Calls | ${sizes.map((size) => `Tokens, ${number(size)} companies`).join(' | ')} |`,
		`| --- | --: | ${sizes.map(() => '--:').join(' | ')} |`,
		...asked.map((asks) => {
			const tokens = sizes.map((size) => number(most('tokens', { asks, size })));
			return `| ${asks} | ${most('calls', { asks })} | ${tokens.join(' | ')} |`;
		}),
		`| **All ${asked.length}** | | ${sizes.map((size) => `**${number(sum(size))}**`).join(' | ')} |`,
		`| Within the bars | | ${sizes.map((size) => `${good(size)} of ${asked.length}`).join(' | ')} |`,
		'| Before: all 15 | | 199,500 | |',
		'| Before: within the bars | | 1 of 15 | |',
		'',
		`What a model is told of the 15 tools: ${doors.map((door) => `${number(most('offered', { door }))} tokens at ${door}`).join(', ')}.`,
	].join('\n');
}

/** Writes what was seen into docs/agents.md, where PLANHAT_AGENTS asks for it. */
export async function writeMeasured() {
	if (!process.env.PLANHAT_AGENTS) return;
	const text = await readFile(page, 'utf8');
	const [before, rest] = text.split(marks[0]);
	const [, after] = rest.split(marks[1]);
	const whole = `${before}${marks[0]}\n\n${tableOf()}\n\n${marks[1]}${after}`;
	const options = await prettier.resolveConfig(page);
	await writeFile(page, await prettier.format(whole, { ...options, filepath: page }));
}
