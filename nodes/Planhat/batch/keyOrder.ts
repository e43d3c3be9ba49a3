import { mayMeet, mayRename, type KeyKinds } from './keyKinds';

/** To keep rows in their order may take so many times the rounds that rows of one record take. */
const mostTimes = 4;

/**
 * Keeps rows in their order that may be about one record and share no key: one that may change the key of an earlier one goes in
 * no earlier round, so long as that takes few; others, where that takes no more than there are.
 */
export class KeyOrder {
	/** The last round of rows by their keys. */
	private readonly last = new Map<KeyKinds, number>();

	/**
	 * @param usual rounds that there are at least
	 * @param within keys that count within a company
	 */
	constructor(
		private readonly usual: number,
		private readonly within: ReadonlySet<string>,
	) {}

	/**
	 * The round of a row. Those before it have theirs already.
	 * @param least round that it may go in
	 */
	place(kinds: KeyKinds, least: number): number {
		let round = least;
		for (const [earlier, last] of this.last) {
			const isRenaming = mayRename(earlier, kinds, this.within);
			const most = isRenaming ? mostTimes * this.usual : this.usual;
			if ((isRenaming || mayMeet(earlier, kinds)) && last < most) round = Math.max(round, last);
		}
		this.last.set(kinds, Math.max(this.last.get(kinds) ?? 0, round));
		return round;
	}
}
