import * as fileSystem from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { StartError, whyRefused } from './errors.mjs';

// One by one `statfs` could not be imported on an old Node, which is to be told so by us and not by a syntax error.
const { mkdir, readdir, readFile, rename, rm, stat, statfs, writeFile } = fileSystem;

const markerName = 'complete.json';
const partialMark = '.partial-';
const bytesPerGigabyte = 1024 ** 3;

/**
 * The folder that holds what is fetched once for all starts, outside every checkout.
 *
 * @param {NodeJS.ProcessEnv} [env]
 */
export function defaultCacheFolder(env = process.env) {
	return resolve(env.PLANHAT_N8N_CACHE || join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-planhat'));
}

/**
 * Gives the folder `name` in the cache; fills it first when it is missing or was filled from something else.
 *
 * It is filled under another name and renamed when complete, so that an interrupted start never leaves half of it.
 *
 * @param {{ cacheFolder: string, name: string, fingerprint: string, gigabytes: number }} wanted
 *   The fingerprint tells what the folder was made from; the gigabytes are what filling it takes.
 * @param {(folder: string) => Promise<void>} fill
 */
export async function cachedFolder({ cacheFolder, name, fingerprint, gigabytes }, fill) {
	const target = join(cacheFolder, name);
	if (await isComplete(target, fingerprint)) return target;
	try {
		await fillFolder({ cacheFolder, target, fingerprint, gigabytes }, fill);
	} catch (error) {
		throw notWritten(error, cacheFolder);
	}
	return target;
}

async function fillFolder({ cacheFolder, target, fingerprint, gigabytes }, fill) {
	await makeFolder(cacheFolder);
	await removeAbandoned(target);
	await requireSpace(cacheFolder, gigabytes);
	const partial = `${target}${partialMark}${process.pid}`;
	try {
		await rm(partial, { recursive: true, force: true });
		await mkdir(partial);
		await fill(partial);
		await writeFile(join(partial, markerName), `${JSON.stringify({ fingerprint })}\n`);
		await putInPlace(partial, target, fingerprint);
	} finally {
		await rm(partial, { recursive: true, force: true });
	}
}

/** Makes a folder and those it is in. Node's own way of it says ENOENT for a disk that can only be read. */
async function makeFolder(folder) {
	try {
		await mkdir(folder);
	} catch (error) {
		if (error.code === 'EEXIST' && (await stat(folder)).isDirectory()) return;
		if (error.code !== 'ENOENT' || dirname(folder) === folder) throw error;
		await makeFolder(dirname(folder));
		await mkdir(folder, { recursive: true });
	}
}

/** The system's refusal to write to the cache in words; any other error as it is. */
function notWritten(error, cacheFolder) {
	const why = whyRefused(error);
	if (why === undefined) return error;
	return new StartError(
		`The cache folder "${cacheFolder}" cannot be written to: ${why}.`,
		'Name a folder that can be written to in the environment variable PLANHAT_N8N_CACHE, and start again.',
		{ cause: error },
	);
}

/**
 * @param {string} folder
 * @param {string} fingerprint
 */
export async function isComplete(folder, fingerprint) {
	try {
		const marker = JSON.parse(await readFile(join(folder, markerName), 'utf8'));
		return marker.fingerprint === fingerprint;
	} catch {
		return false;
	}
}

async function putInPlace(partial, target, fingerprint) {
	for (const isLastTry of [false, true]) {
		try {
			await rename(partial, target);
			return;
		} catch (error) {
			// Another start may have been quicker: what it put there is just as good and perhaps in use already.
			if (await isComplete(target, fingerprint)) return;
			if (isLastTry) throw error;
		}
		await rm(target, { recursive: true, force: true });
	}
}

/** Removes what interrupted starts left behind; a folder whose maker is still at work stays. */
async function removeAbandoned(target) {
	const prefix = `${basename(target)}${partialMark}`;
	const names = (await readdir(dirname(target))).filter((name) => name.startsWith(prefix));
	for (const name of names) {
		if (isAlive(Number(name.slice(prefix.length)))) continue;
		await rm(join(dirname(target), name), { recursive: true, force: true });
	}
}

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

async function requireSpace(folder, gigabytes) {
	const { bavail, bsize } = await statfs(folder);
	const free = (bavail * bsize) / bytesPerGigabyte;
	if (free >= gigabytes) return;
	throw new StartError(
		`There are ${free.toFixed(1)} GB free where n8n is kept; fetching it takes ${gigabytes} GB.`,
		'Free some space, or name a folder on another disk in the environment variable PLANHAT_N8N_CACHE.',
	);
}
