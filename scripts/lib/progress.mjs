import { createScreen } from './screen.mjs';

const millisecondsBetweenSigns = { inPlace: 1_000, asLines: 60_000 };

/**
 * Tells what goes on: in a terminal a line that counts in place, elsewhere a line at the start and the end of a step, and
 * one a minute.
 *
 * @param {{ screen?: ReturnType<typeof createScreen> }} [options]
 */
export function createProgress({ screen = createScreen() } = {}) {
	const { changesInPlace } = screen;
	const started = Date.now();
	const stamped = (text) => `[${String(secondsSince(started)).padStart(4)} s] ${text}`;

	const say = (text) => screen.print(stamped(text));

	/**
	 * Does one step and shows that it goes on.
	 *
	 * @template Result
	 * @param {string} title
	 * @param {(note: (text: string) => void) => Promise<Result>} work `note` says what the step is doing at this moment.
	 * @returns {Promise<Result>}
	 */
	const step = async (title, work) => {
		const stepStarted = Date.now();
		let latest = '';
		const sign = () => {
			const text = `${title} … ${secondsSince(stepStarted)} s${latest && ` (${latest})`}`;
			if (changesInPlace) screen.change(stamped(text));
			else say(text);
		};
		if (changesInPlace) sign();
		else say(`${title} …`);
		const timer = setInterval(sign, millisecondsBetweenSigns[changesInPlace ? 'inPlace' : 'asLines']);
		try {
			const result = await work((text) => {
				latest = text;
				sign();
			});
			if (changesInPlace || secondsSince(stepStarted) > 0) say(`${title}: done in ${secondsSince(stepStarted)} s`);
			return result;
		} catch (error) {
			say(`${title}: failed after ${secondsSince(stepStarted)} s`);
			throw error;
		} finally {
			clearInterval(timer);
		}
	};

	return { say, step };
}

/** A progress that says nothing, for callers with a voice of their own such as tests. */
export const silentProgress = {
	say: () => {},
	step: async (_title, work) => await work(() => {}),
};

function secondsSince(time) {
	return Math.round((Date.now() - time) / 1000);
}
