import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';

import { recordProperties } from '../../../../nodes/Planhat/record/locator.ts';
import { models } from '../../../../nodes/Planhat/resources/index.ts';
import { isPlanhatId, recordInLink } from '../../../../nodes/Planhat/values/planhatId.ts';
import { quickest } from '../../quickest.mts';

const one = '5f1000000000000000000001';
const other = '5F10000000000000000000AB';

describe('a link to a record', () => {
	it.each<[string, object]>([
		[`https://ws.planhat.com/acme/home/data-explorer/company?preview=Company.${one}`, { _id: one, model: 'Company' }],
		[`ws.planhat.com/acme/home/data-explorer/task?preview=Task.${one}`, { _id: one, model: 'Task' }],
		[`https://ws.planhat.com/acme/home?profile=Company.${one}`, { _id: one, model: 'Company' }],
		[`https://ws.planhat.com/t/x?filter=${other}&profile=Company.${one}#top`, { _id: one, model: 'Company' }],
		[`https://ws.planhat.com/t/x?preview=Company.${one}&profile=Company.${one}`, { _id: one, model: 'Company' }],
		[`https://ws.planhat.com/t/x?filter=${other}&preview=Company.${one}#top`, { _id: one, model: 'Company' }],
		[`https://ws.planhat.com/t/x?a=1%26&preview=Company%2E${one}`, { _id: one, model: 'Company' }],
		[`https://app-eu3.planhat.com/#/profile/${one}`, { _id: one }],
		[`https://app.planhat.com/companies/${other}/overview?tab=2`, { _id: other }],
		[`https://app.planhat.com/companies/${one}?id=${one.toUpperCase()}`, { _id: one }],
		[`https://app.planhat.com/%E0%A4%A/${one}`, { _id: one }],
	])('%s names it', (link, expected) => {
		expect(recordInLink(link)).toEqual(expected);
	});

	it.each([
		'https://ws.planhat.com/acme/home',
		`https://app.planhat.com/companies/${one}/endusers/${other}`,
		`https://ws.planhat.com/t/x?preview=Company.${one}&preview=Task.${other}`,
		`https://ws.planhat.com/t/x?profile=Company.${one}&preview=Company.${other}`,
		`https://ws.planhat.com/t/${one}0`,
		`https://ws.planhat.com/t/x${one}`,
	])('%s leaves it unclear', (link) => {
		expect(recordInLink(link)).toBe('unclear');
	});

	it.each([
		'',
		'acme',
		one,
		`${one}/x`,
		'/companies',
		`see https://x.example/${one}`,
		'..',
		'a.b',
		`extid-a.b/${one} c`,
	])('is not what %j is', (text) => {
		expect(recordInLink(text)).toBeUndefined();
	});

	it('names nothing but an ID that stands in it, whatever it is made of', () => {
		const pieces = [one, other, 'preview=Company.', '/', '?', '&', '#', '.', '%2F', '%26', 'x', '5f10', ' ', 'é', '='];
		for (let round = 0; round < 5_000; round += 1) {
			const bytes = [...randomBytes(8)];
			const text = `https://ws.planhat.com/${bytes.map((byte) => pieces[byte % pieces.length]).join('')}`;
			const found = recordInLink(text);
			if (found === undefined || found === 'unclear') continue;
			expect(isPlanhatId(found._id)).toBe(true);
			expect(text.toLowerCase()).toContain(found._id.toLowerCase());
			const others = [one, other].filter((id) => id.toLowerCase() !== found._id.toLowerCase());
			// Another ID may stand there as well only if Planhat's own form of a link names this one.
			if (others.some((id) => new RegExp(`(?<![0-9a-z])${id}(?![0-9a-z])`, 'i').test(text))) {
				expect(found.model).toBeDefined();
			}
		}
	});

	it('is read in no time, however long it is', () => {
		const parts = ['a.', '/', one, 'preview=', '%', `?preview=A.${one}`, '5f'];
		const links = parts.flatMap((part) => [100, 1_999, 100_000].map((length) => `https://${part.repeat(length)}`));
		expect(quickest(() => links.forEach((link) => recordInLink(link)))).toBeLessThan(500);
	});
});

describe('what the editor accepts in a mode of Record', () => {
	const [all] = recordProperties(
		models.filter(({ resource }) => resource === 'enduser'),
		['get'],
	);
	const accepts = (mode: string, value: string) => {
		const [validation] = all?.modes?.find(({ name }) => name === mode)?.validation ?? [];
		const { regex } = Object(validation).properties;
		return new RegExp(`^${regex}$`).test(value);
	};

	it.each<[string, string]>([
		['id', one],
		['id', ` ${other} `],
		['id', 'extid-acme 1'],
		['id', 'srcid-7'],
		['id', `https://ws.planhat.com/t/x?preview=Company.${one}`],
		['id', `ws.planhat.com/t/x?preview=Company.${one}`],
		['externalId', 'a/b?c#d'],
		['sourceId', '0'],
		['email', ' name@example.com '],
		['email', 'Ünï+tag@exämple.museum'],
	])('%s takes %j', (mode, value) => {
		expect(accepts(mode, value)).toBe(true);
	});

	it.each<[string, string]>([
		['id', 'acme'],
		['id', `${one}0`],
		['id', ''],
		['id', 'https://ws.planhat.com/t/home'],
		['externalId', ' '],
		['sourceId', ''],
		['email', 'name'],
		['email', 'a@b@c'],
		['email', 'a b@c.example'],
	])('%s does not take %j', (mode, value) => {
		expect(accepts(mode, value)).toBe(false);
	});

	it('never refuses a link that the node would take', () => {
		for (const link of [`http://x.example/${one}`, `a-b.example:8080/${one}?x`, `https://ws.planhat.com/#${one}`]) {
			expect(recordInLink(link)).toEqual({ _id: one });
			expect(accepts('id', link)).toBe(true);
		}
	});
});
