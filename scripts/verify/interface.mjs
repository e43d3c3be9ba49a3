import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkout } from './packed.mjs';

const require = createRequire(import.meta.url);
const snapshot = join(checkout, 'scripts/verify/interface.txt');

const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

function condition({ show = {}, hide = {} } = {}) {
	const terms = [
		...Object.entries(show).map(([name, values]) => `${name} is ${values.map(text).join(' ')}`),
		...Object.entries(hide).map(([name, values]) => `${name} is not ${values.map(text).join(' ')}`),
	];
	return terms.length > 0 ? ` · if ${terms.join(', ')}` : '';
}

const isChoice = (option) => 'value' in option;

/** A parameter and all within it, a line each: where it stands, its type, default, values, and when it is shown. */
function linesOf(property, path) {
	const { name, type, options = [], values = [], modes = [], displayOptions } = property;
	const here = `${path}.${name}`;
	const choices = options.filter(isChoice).map(({ value }) => text(value));
	const taken = [...choices, ...modes.map((mode) => mode.name)].sort();
	const about = type === undefined ? '' : ` · ${type} · default ${JSON.stringify(property.default)}`;
	const chosen = taken.length > 0 ? ` · ${taken.join(' | ')}` : '';
	const inner = [...options.filter((option) => !isChoice(option)), ...values];
	return [`${here}${about}${chosen}${condition(displayOptions)}`, ...inner.flatMap((each) => linesOf(each, here))];
}

function nodeLines(path) {
	const [file] = path.split('/').slice(-1);
	const [type] = Object.values(require(join(checkout, path)));
	const { name, version, defaultVersion, webhooks = [], credentials = [], properties } = new type().description;
	return [
		`${name}: versions ${[version].flat().join(' ')}, new ones ${defaultVersion ?? version} (${file})`,
		...webhooks.map((webhook) => `${name}: webhook at ${webhook.path}`),
		...credentials.map((each) => `${name}: credential ${each.name}${condition(each.displayOptions)}`),
		...properties.flatMap((property) => linesOf(property, name)),
	];
}

function credentialLines(path) {
	const [type] = Object.values(require(join(checkout, path)));
	const credential = new type();
	return credential.properties.flatMap((property) => linesOf(property, credential.name));
}

/** What the items of an operation hold; operations with the same fields share a line. */
function outputLines() {
	const { outputSchemas } = require('../../dist/nodes/Planhat/description/outputSchemas.js');
	const { Planhat } = require('../../dist/nodes/Planhat/Planhat.node.js');
	const byFields = new Map();
	for (const version of [new Planhat().description.version].flat()) {
		for (const [path, { properties = {} }] of Object.entries(outputSchemas(version))) {
			const fields = Object.keys(properties).sort().join(' ');
			byFields.set(fields, [...(byFields.get(fields) ?? []), path.replace(/^v|\.json$/g, '')]);
		}
	}
	return [...byFields].map(([fields, paths]) => `output of ${paths.join(', ')}: ${fields}`);
}

/** @returns {Promise<string>} A line for each thing that saved workflows may name, sorted so that a change is one line. */
async function publicInterface() {
	const { n8n } = JSON.parse(await readFile(join(checkout, 'package.json'), 'utf8'));
	const lines = [...n8n.nodes.flatMap(nodeLines), ...n8n.credentials.flatMap(credentialLines), ...outputLines()];
	return `${lines.sort().join('\n')}\n`;
}

const hashOf = (content) => createHash('sha256').update(content).digest('hex').slice(0, 8);

function differences(before, after) {
	const [old, now] = [before, after].map((content) => new Set(content.split('\n')));
	return [
		...[...old].filter((line) => !now.has(line)).map((line) => `- ${line}`),
		...[...now].filter((line) => !old.has(line)).map((line) => `+ ${line}`),
	];
}

/** Writes the snapshot anew. */
export async function writeInterface() {
	const now = await publicInterface();
	await writeFile(snapshot, now);
	return hashOf(now);
}

/** What saved workflows depend on is as the snapshot says, and CHANGELOG.md tells of it whether they go on. */
export async function checkInterface() {
	const [before, now] = [await readFile(snapshot, 'utf8').catch(() => ''), await publicInterface()];
	if (before !== now) {
		return [
			`The public interface differs from scripts/verify/interface.txt; if that is meant: npm run verify -- --write`,
			...differences(before, now).slice(0, 20),
		];
	}
	const changelog = await readFile(join(checkout, 'CHANGELOG.md'), 'utf8');
	const told = new RegExp(`Public interface \`${hashOf(now)}\`: \\S.*workflows`);
	return told.test(changelog)
		? []
		: [`CHANGELOG.md lacks "Public interface \`${hashOf(now)}\`: …" with whether workflows of before go on`];
}
