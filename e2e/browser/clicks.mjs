import assert from 'node:assert/strict';

/**
 * Counts what somebody clicks on a page; a double click counts twice. To be called before the page is opened.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<() => number>}
 */
async function countClicks(page) {
	let clicks = 0;
	await page.exposeFunction('noteClick', () => (clicks += 1));
	await page.addInitScript(() => {
		globalThis.addEventListener('pointerdown', ({ isTrusted }) => isTrusted && globalThis.noteClick(), true);
	});
	return () => clicks;
}

/**
 * Does a job in the editor, prints how many clicks it took, and fails where it took more than it may.
 *
 * @param {number} most
 * @param {(page: import('playwright-core').Page) => Promise<void>} work
 */
export function withinClicks(most, work) {
	return async (page, context) => {
		const clicks = await countClicks(page);
		await work(page);
		context.diagnostic(`${clicks()} clicks, of at most ${most}`);
		assert.ok(clicks() <= most, `${clicks()} clicks, and at most ${most} are allowed`);
	};
}
