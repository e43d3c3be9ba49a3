import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { judge } from '../../../../nodes/Planhat/answers/judgeAnswer.ts';
import { answerForm, kinds, sayIn, waysToGoThrough, type Kind, type Said } from './answerForms.mts';

/** What may have become of one row, whatever became of the others. */
function mayBecome({ sent, named, isReadable, isRefused }: Said, row: number): readonly Kind[] {
	const kind = named.get(row);
	if (kind !== undefined) return [kind];
	if (!isReadable) return kinds;
	if (isRefused) return ['failed'];
	return sent[row]?.keys.length === 0 ? ['created', 'failed'] : kinds;
}

/** Whether an answer may have been given after this became of its rows. */
function fits({ sent, named, entries, errors, counts, isReadable, isRefused }: Said, became: readonly Kind[]): boolean {
	if (!isReadable || isRefused) return true;
	for (const kind of waysToGoThrough) {
		let rows = 0;
		let listed = entries[kind];
		let nobody = 0;
		for (let row = 0; row < became.length; row += 1) {
			if (became[row] !== kind) continue;
			rows += 1;
			if (named.has(row)) listed += 1;
			// Nobody is saved without a company, unless the answer says so.
			else if (sent[row]?.withoutCompany && sent[row]?.keys.length) nobody += 1;
		}
		const count = counts[kind];
		if (count === undefined ? rows < listed || nobody > entries[kind] : rows !== Math.max(count, listed)) return false;
	}
	return errors === 0 || became.some((kind, row) => kind === 'failed' && !named.has(row));
}

/** Every way in which the answer may be read. */
function waysToRead(said: Said): Kind[][] {
	let ways: Kind[][] = [[]];
	for (let row = 0; row < said.sent.length; row += 1)
		ways = ways.flatMap((way) => mayBecome(said, row).map((kind) => [...way, kind]));
	return ways.filter((way) => fits(said, way));
}

/** What became of each row in every way: a kind, `applied`, or undefined where the ways differ. */
function sharedByAll(said: Said, ways: Kind[][]): Array<Kind | 'applied' | undefined> {
	return said.sent.map((_row, row) => {
		const became = new Set(ways.map((way) => way[row]));
		const [only] = became;
		if (ways.length === 0 || said.named.has(row)) return said.named.get(row);
		if (became.size === 1) return only;
		return became.has('failed') ? undefined : 'applied';
	});
}

describe('judge, against every way in which an answer may be read', () => {
	it('is certain of exactly what all ways have in common', () => {
		const seen = new Map<string, number>();
		fc.assert(
			fc.property(answerForm, (form) => {
				const said = sayIn(form);
				const { certain, open, suspects, mayBe } = judge(said.sent, said.answer);
				const found = said.sent.map((_row, row) => certain.get(row)?.is);
				const ways = waysToRead(said);
				const shared = sharedByAll(said, ways);
				expect(found).toEqual(shared);
				expect(open).toEqual(shared.flatMap((is, row) => (is === undefined ? [row] : [])));
				expect(suspects.every((row) => open.includes(row))).toBe(true);
				for (const row of open.filter((place) => (said.sent[place]?.keys.length ?? 0) > 0)) {
					const went = new Set(ways.map((way) => way[row]).filter((kind) => kind !== 'failed'));
					if (mayBe !== undefined) expect(mayBe).toEqual(expect.arrayContaining([...went]));
				}
				for (const [row, is] of shared.entries()) {
					const how = said.named.has(row) ? 'named' : 'counted';
					seen.set(`${is} ${how}`, (seen.get(`${is} ${how}`) ?? 0) + 1);
				}
			}),
			{ numRuns: 10_000, seed: 41 },
		);
		// Otherwise the property would be about less than it says.
		const wanted = ['created named', 'updated named', 'failed named', 'undefined counted', 'applied counted'];
		for (const is of [...wanted, ...kinds.map((kind) => `${kind} counted`)])
			expect([is, (seen.get(is) ?? 0) > 100]).toEqual([is, true]);
		console.log([...seen].map(([is, rows]) => `${is}: ${rows}`).join(', '));
	}, 300_000);
});
