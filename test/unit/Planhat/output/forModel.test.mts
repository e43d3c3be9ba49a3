import { describe, expect, it } from '@jest/globals';

import { plainOfHtml, recordForModel, shownTo } from '../../../../nodes/Planhat/output/forModel.ts';
import { fakeItem, model, node } from '../../fakeItem.mts';

const nobody = { userName: () => undefined };
const tool = { ...node, type: 'n8n-nodes-planhat.planhatTool' };

describe('a record for a model', () => {
	it('says nothing that says nothing, days as days, health with its scale, the owner by name', () => {
		const record = {
			...{ _id: '1', name: 'Acme', phase: null, tags: [], health: 7, csmScore: 0 },
			...{ owner: '5f0000000000000000000001', ownerName: 'Ada', renewalDate: '2027-01-25T00:00:00.000Z' },
		};
		expect(recordForModel(model('company'), record, nobody)).toEqual({
			...{ _id: '1', name: 'Acme', health: '7 of 10', csmScore: 0, owner: 'Ada', renewalDate: '2027-01-25' },
		});
		expect(recordForModel(model('company'), { h: 7 }, nobody)).toEqual({ health: '7 of 10' });
		const ada = { userName: () => 'Ada' };
		expect(recordForModel(model('company'), { owner: '5f' }, ada)).toEqual({ owner: 'Ada' });
		expect(recordForModel(model('company'), { owner: '5f' }, nobody)).toEqual({ owner: '5f' });
		const day = model('invoice').fields.find(({ type }) => type === 'day')?.name ?? '';
		expect(recordForModel(model('invoice'), { [day]: 19_723 }, nobody)).toEqual({ [day]: '2024-01-01' });
	});

	it('holds plain texts, cut where they are long, and people by name', () => {
		const record = { description: `<p>Hi&nbsp;<b>Ada</b></p>${'x'.repeat(700)}`, users: [{ id: '1', name: 'Ben' }] };
		const { description, users } = recordForModel(model('note'), record, nobody);
		expect(description).toMatch(/^Hi Ada\nx{50,}… \(cut: 600 of 707 characters\)$/);
		expect(users).toEqual(['Ben']);
	});

	it('is the record itself where the builder wants it raw, or where the node is no tool', async () => {
		const records = [{ phase: null }];
		const item = fakeItem('company', { output: 'raw' });
		expect(await shownTo({ ...item, node: tool }, records)).toBe(records);
		expect(await shownTo(fakeItem('company'), records)).toBe(records);
		expect(await shownTo({ ...fakeItem('company'), node: tool }, records)).toEqual([{}]);
	});
});

describe('a text without HTML', () => {
	it.each([
		['a<br>b', 'a\nb'],
		['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
		['<ul><li>One</li><li>Two &amp; three</li></ul>', 'One\nTwo & three'],
		['&lt;b&gt;', '<b>'],
	])('%s', (html, text) => {
		expect(plainOfHtml(html)).toBe(text);
	});
});
