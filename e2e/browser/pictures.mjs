import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** What does not belong into a picture: messages that come and go, the blinking caret. */
const style = '.el-notification { display: none !important; } * { caret-color: transparent !important; }';

/**
 * Saves a picture for the guide, if PLANHAT_PICTURES names a folder for them; else does nothing.
 *
 * @param {import('playwright-core').Page} page
 * @param {string} name File name without its ending.
 * @param {import('playwright-core').Locator[]} parts What is to be seen: the picture holds all of it.
 * @param {number} [margin] In pixels.
 */
export async function picture(page, name, parts, margin = 0) {
	const folder = process.env.PLANHAT_PICTURES;
	if (!folder) return;
	await mkdir(folder, { recursive: true });
	await page.mouse.move(1, 1);
	const boxes = await Promise.all(parts.map(async (part) => await part.boundingBox()));
	await page.screenshot({
		path: join(folder, `${name}.png`),
		clip: around(boxes, margin, page.viewportSize()),
		animations: 'disabled',
		style,
	});
}

function around(boxes, margin, { width, height }) {
	const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - margin);
	const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - margin);
	const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
	const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
	return { x: left, y: top, width: right - left, height: bottom - top };
}
