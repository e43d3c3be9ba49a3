const secondsBetweenSigns = 5;

/**
 * Tells on standard error or output what goes on. Whole lines only: the same in a terminal, a file and a CI log.
 *
 * @param {{ write?: (line: string) => void }} [options]
 */
export function createProgress({ write = (line) => console.log(line) } = {}) {
	const started = Date.now();
	const elapsed = () => `[${String(Math.round((Date.now() - started) / 1000)).padStart(4)} s]`;

	const say = (text) => write(`${elapsed()} ${text}`);

	/**
	 * Does one step; while it lasts, a line every few seconds shows that something happens.
	 *
	 * @template Result
	 * @param {string} title
	 * @param {(note: (text: string) => void) => Promise<Result>} work `note` sets what the next line says.
	 * @returns {Promise<Result>}
	 */
	const step = async (title, work) => {
		const stepStarted = Date.now();
		const stepSeconds = () => Math.round((Date.now() - stepStarted) / 1000);
		let latest = '';
		say(`${title} …`);
		const timer = setInterval(
			() => say(`${title} … ${stepSeconds()} s${latest && ` (${latest})`}`),
			secondsBetweenSigns * 1000,
		);
		try {
			const result = await work((text) => {
				latest = text;
			});
			if (stepSeconds() > 0) say(`${title}: done in ${stepSeconds()} s`);
			return result;
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
