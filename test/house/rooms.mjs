import { readFileSync } from 'node:fs';

/**
 * What `rooms.json` says of one folder of the node.
 * @typedef {{ room: string, path: string, holds: string, imports: string[] }} Room
 */

/** @type {readonly Room[]} The rooms, those that import most first. */
export const rooms = JSON.parse(readFileSync(new URL('rooms.json', import.meta.url), 'utf8'));

/** The room that a file is in, the innermost; undefined for none. */
export function roomOf(file) {
	const around = rooms.filter(({ path }) => file.startsWith(path));
	return around.sort((one, other) => other.path.length - one.path.length)[0];
}

/** The rooms that lie within a room, and are none of its files. */
export function roomsWithin(path) {
	return rooms.filter((room) => room.path !== path && room.path.startsWith(path));
}

/** The path that the name of a room stands for, or of one file of a room, such as `quota/clock`. */
export function pathOf(name) {
	const [room = '', file] = name.split('/');
	const path = rooms.find((candidate) => candidate.room === room)?.path;
	if (path === undefined) throw new Error(`rooms.json knows no room '${room}'`);
	return file === undefined ? path : `${path}${file}.ts`;
}

/** How many rooms stand one upon the other below each: 0 where a room imports none. */
export function levels() {
	const known = new Map();
	const levelOf = (name, above = []) => {
		const [room = ''] = name.split('/');
		if (above.includes(room)) throw new Error(`rooms.json has a circle: ${[...above, room].join(' > ')}`);
		const { imports = [] } = rooms.find((candidate) => candidate.room === room) ?? {};
		const level = known.get(room) ?? Math.max(-1, ...imports.map((other) => levelOf(other, [...above, room]))) + 1;
		known.set(room, level);
		return level;
	};
	for (const { room } of rooms) levelOf(room);
	return known;
}
