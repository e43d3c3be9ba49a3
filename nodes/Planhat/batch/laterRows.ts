import type { Position } from '../rows/row';
import type { NamedKey, RowKeys } from '../rows/rowKeys';
import { KnownKinds, mayMeet, mayRename, type KeyKinds } from './keyKinds';
import { identityOf } from './recordIndex';

/** Finds the records that have the best keys of rows, and tells all keys of each. */
export type FindHeld = (rows: readonly Position[]) => Promise<ReadonlyMap<Position, readonly NamedKey[]>>;

/** Rows whose records later rows may be about as well. */
export interface Doubtful {
	/** Those whose records may have got other keys by that. */
	renamed: ReadonlySet<Position>;
	/** All, with the place of each in its request. */
	all: ReadonlyMap<Position, number>;
}

function textOf({ name, value }: NamedKey): string {
	return `${name} ${identityOf(name, value)}`;
}

/**
 * Rows that name one record by different keys, which nobody has read: sent again after a later one, a row would make a second
 * record, or put an older value in the place of a newer one.
 */
export class LaterRows {
	private readonly known = new KnownKinds();

	private readonly within: ReadonlySet<string>;

	/** What was found since a row went out that may have changed a key; null where nothing could be looked for. */
	private readonly held = new Map<Position, readonly NamedKey[] | undefined | null>();

	constructor(
		private readonly keys: Pick<RowKeys, 'names' | 'tell' | 'namesCompany'>,
		private readonly findHeld: FindHeld,
		/** Keys that count within a company. */
		within: readonly string[],
	) {
		this.within = new Set(within);
	}

	/**
	 * @param rows of one request, in its order
	 * @param mayChange whether a row may have changed its record, if it is sent
	 */
	among(rows: readonly Position[], mayChange: (at: Position) => boolean = () => true): Doubtful {
		const later = new Set<KeyKinds>();
		const renamed = new Set<Position>();
		const all = new Map<Position, number>();
		const isMixed = this.keys.names.length > 1;
		for (let place = rows.length - 1; isMixed && place >= 0; place -= 1) {
			const at = rows[place] ?? 0;
			const kinds = this.kindsOf(at);
			if (kinds === undefined) continue;
			for (const other of later) {
				if (other === kinds) continue;
				if (mayRename(kinds, other, this.within)) renamed.add(at);
				if (mayMeet(kinds, other) || renamed.has(at)) all.set(at, place);
			}
			if (mayChange(at)) later.add(kinds);
		}
		return { renamed, all };
	}

	/** Takes in that rows have gone out. */
	noteSent(rows: readonly Position[]): void {
		if (this.held.size > 0 && rows.some((at) => (this.kindsOf(at)?.names.size ?? 0) > 1 || this.keys.namesCompany(at)))
			this.held.clear();
	}

	/**
	 * The rows that must not go out again: later ones have changed their records, or may have given them other keys.
	 * @param rows of one request, in its order
	 * @param doubtful of them, which are looked for together
	 * @param mayChange whether a row may have changed its record
	 */
	async lost(
		rows: readonly Position[],
		{ renamed, all }: Doubtful,
		mayChange: (at: Position) => boolean,
	): Promise<ReadonlySet<Position>> {
		await this.lookFor([...all.keys()].filter((at) => !this.held.has(at)));
		const places = this.lastPlaces(rows, mayChange);
		const isNamedLater = (key: NamedKey, place: number) => (places.get(textOf(key)) ?? -1) > place;
		const lost = new Set<Position>();
		for (const [at, place] of all) {
			const held = this.held.get(at);
			const isLost = held === undefined ? renamed.has(at) : held?.some((key) => isNamedLater(key, place));
			if (isLost ?? true) lost.add(at);
		}
		return lost;
	}

	private async lookFor(rows: readonly Position[]): Promise<void> {
		if (rows.length === 0) return;
		const held = await this.findHeld(rows).catch(() => undefined);
		for (const at of rows) this.held.set(at, held === undefined ? null : held.get(at));
	}

	/** The last place of each key among rows that may have changed their records. */
	private lastPlaces(rows: readonly Position[], mayChange: (at: Position) => boolean): Map<string, number> {
		const places = new Map<string, number>();
		for (const [place, at] of rows.entries())
			if (mayChange(at)) this.keys.tell(at, (name, value) => places.set(textOf({ name, value }), place));
		return places;
	}

	private kindsOf(at: Position): KeyKinds | undefined {
		const names: string[] = [];
		this.keys.tell(at, (name) => names.push(name));
		return this.known.of(names, this.keys.namesCompany(at));
	}
}
