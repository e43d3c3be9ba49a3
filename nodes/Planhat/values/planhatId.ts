/** Planhat's own ids are 24 hexadecimal digits and never change (Planhat's documents, "IDs"). */
const planhatId = /^[0-9a-f]{24}$/i;

/** An id inside a longer text; a longer word of such digits, as in a token, holds none. */
const idsWithin = /(?<![0-9a-z])[0-9a-f]{24}(?![0-9a-z])/gi;

/** How Planhat's app links to the record that it shows: `?preview=` or `?profile=<Model>.<_id>` (reference, "Things verified live"). */
const shownRecord = /[?&#](?:preview|profile)=([a-z]+)\.([0-9a-f]{24})(?![0-9a-z])/gi;

/** An address, with or without its scheme. */
const link = /^(https?:\/\/|[\w-]+(\.[\w-]+)+(:\d+)?\/)\S*$/i;

/** Nobody pastes an address longer than this. */
const longestLinkCharacters = 4_000;

/**
 * Whether a text can be an `_id` of Planhat's.
 * @param text without blanks around it
 */
export function isPlanhatId(text: string): boolean {
	return planhatId.test(text);
}

/** What a pasted link says of a record. */
export interface LinkedRecord {
	_id: string;
	/** Planhat's name of the model, such as "Company", where the link tells. */
	model?: string;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function onlyOne<Found>(found: Found[], key: (found: Found) => string): Found | undefined {
	return new Set(found.map((each) => key(each).toLowerCase())).size === 1 ? found[0] : undefined;
}

/**
 * Finds the record in a link from the address bar of Planhat's app. Two forms of its addresses are known; of any other
 * link it takes the id if there is just one, and guesses nothing.
 * @param text without blanks around it
 * @returns undefined for what is no link; `'unclear'` for a link without an id, or with several
 */
export function recordInLink(text: string): LinkedRecord | 'unclear' | undefined {
	if (text.length > longestLinkCharacters || !link.test(text)) return undefined;
	const address = decoded(text);
	const shown = [...address.matchAll(shownRecord)].map(([, model = '', _id = '']) => ({ model, _id }));
	if (shown.length > 0) return onlyOne(shown, ({ _id }) => _id) ?? 'unclear';
	const _id = onlyOne(address.match(idsWithin) ?? [], (id) => id);
	return _id === undefined ? 'unclear' : { _id };
}
