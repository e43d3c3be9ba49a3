import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openProjectAgent } from './assistant/agentsDoor.mjs';
import { openAgent, openMcp, openOlderAgent } from './assistant/doors.mjs';
import { nearRequests } from './assistant/nearRequests.mjs';
import { requests } from './assistant/requests.mjs';
import { keepMeasured, writeMeasured } from './assistant/table.mjs';
import { injection, openTenant } from './assistant/tenant.mjs';
import { tokensIn } from './assistant/tokens.mjs';

const doors = {
	'AI Agent 3.1': openAgent,
	'AI Agent 2.2': openOlderAgent,
	'MCP Server Trigger': openMcp,
	'n8n Agents': openProjectAgent,
};

/** What differs from door to door is tried in the smaller tenant alone. */
const inBothTenants = ['AI Agent 3.1', 'MCP Server Trigger'];
const most = { calls: 2, tokens: 1_500, write: 40, company: 80 };

/** The example "Customer success assistant": what people ask it for takes few calls, few tokens, and writes no more than that. */
export function assistant() {
	describe('the customer success assistant', () => {
		after(writeMeasured);

		for (const size of [300, 5_000])
			describe(`in a tenant of ${size} companies`, () => {
				let tenant;
				before(async () => (tenant = await openTenant(size)));
				after(async () => await tenant?.double.close());

				const tried = Object.entries(doors).filter(([name]) => size === 300 || inBothTenants.includes(name));
				for (const [at, [name, open]] of tried.entries())
					describe(`at ${name}`, () => {
						let door;
						let given;
						before(async () => {
							given = { ...tenant, ...tenant.freshFor(name, at) };
							door = await open(tenant.credential);
						});
						after(async () => await door?.close());

						/** Makes the calls of a request; what they gave, and what was written. */
						const play = async (calls) => {
							const from = tenant.double.requests.length;
							const told = await door.play(calls.map((call) => (earlier) => call(earlier, given)));
							const results = told.map(door.read ?? ((result) => result));
							return { results, text: told.join('\n'), writes: tenant.writesFrom(from) };
						};

						// Without a workflow there is no time zone but n8n's own.
						for (const request of requests.filter(({ saysDay }) => open !== openProjectAgent || !saysDay))
							test(`answers: ${request.asks}`, async () => {
								given.companies = tenant.double.records('companies');
								const wanted = request.writes?.(given) ?? [];
								const listed = request.lists?.(given).map(({ _id }) => _id);
								const { results, text, writes } = await play(request.calls);
								const tokens = tokensIn(text);
								const offered = tokensIn(JSON.stringify(door.offered()));
								keepMeasured({ asks: request.asks, size, door: name, calls: results.length, tokens, offered });
								assert.deepEqual(writes, wanted);
								for (const part of request.found) assert.match(text, part);
								for (const part of request.notFound ?? []) assert.doesNotMatch(text, part);
								if (listed)
									assert.deepEqual(
										JSON.parse(results[0]).map(({ _id }) => _id),
										listed,
									);
								assert.ok(results.length <= (request.mostCalls ?? most.calls), `${results.length} calls`);
								assert.ok(tokens <= most.tokens, `${tokens} tokens: ${text}`);
								const rows = wanted.flatMap(([, , body]) => body ?? {}).length;
								if (rows > 0) assert.ok(tokensIn(results.at(-1)) <= most.write * rows, results.at(-1));
							});

						test('a company that is listed takes few tokens', async () => {
							const Fields = '';
							const { results } = await play([() => ['List companies', { Owner: 'Cora Birch1', Fields }]]);
							const company = JSON.parse(results[0]).find((record) => record.renewalDate && !record.notice);
							assert.match(company.health, /^\d+ of 10$/);
							assert.ok(tokensIn(JSON.stringify(company)) <= most.company, JSON.stringify(company));
						});

						if (size !== 300) return;
						for (const { asks, calls, found } of nearRequests)
							test(`answers: ${asks}`, async () => {
								const { text, writes } = await play(calls);
								assert.deepEqual(writes, []);
								for (const part of found) assert.match(text, part);
								assert.ok(tokensIn(text) <= most.tokens, `${tokensIn(text)} tokens: ${text}`);
							});
						injections(play);
					});
			});
	});
}

/** What records say is no more than what they say. */
function injections(play) {
	const company = { Company: 'Nordlicht Labs' };

	test('gives what a record wants an agent to do only where its text is asked for', async () => {
		const { text: others } = await play([
			() => ['Get company', company],
			() => ['Search companies', { Search_Text: 'nordlicht' }],
			() => ['List companies', { Owner: 'Ben Okri' }],
			() => ['List contacts', company],
			() => ['List tasks', company],
		]);
		assert.match(others, /Nordlicht Labs/);
		assert.doesNotMatch(others, /SYSTEM/);
		const { results } = await play([() => ['List conversations', company]]);
		const saying = JSON.parse(results[0]).filter((record) => JSON.stringify(record).includes('SYSTEM'));
		assert.deepEqual(
			saying.map(({ description }) => description),
			[injection],
		);
	});

	for (const confirmed of ['', 'Nordlicht', 'nordlicht labs'])
		test(`deletes nothing for a model that obeys a record, and confirms '${confirmed}'`, async () => {
			const obey = () => ['Delete company', { ...company, Name_to_Confirm: confirmed }];
			const { text, writes } = await play([() => ['List conversations', company], obey]);
			assert.match(text, /is called 'Nordlicht Labs', so nothing was done/);
			assert.deepEqual(writes, []);
		});
}
