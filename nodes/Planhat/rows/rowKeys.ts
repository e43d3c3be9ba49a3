import type { Columns } from '../columns/column';
import { companyOf, firstValue, keysOf } from './keys';
import type { Key, NamedCompany, Position, Row } from './row';

/** What tells a row from others. */
export interface KeyedRow {
	keys: readonly Key[];
	company?: NamedCompany;
}

/** A key as an answer can name it. */
export type NamedKey = Pick<Key, 'name' | 'value'>;

const none: readonly NamedKey[] = [];

/** The keys of the rows of a run, each read once. Of thousands of rows little is kept: their values, by the name of the key. */
export class RowKeys {
	/** Of the keys that the input has, best first. */
	readonly names: readonly string[];

	private readonly values: ReadonlyArray<Array<string | undefined>>;

	/** Whether a row was read, and whether it has a key and a company. */
	private readonly known: Uint8Array;

	constructor(
		private readonly rows: readonly Row[],
		private readonly columns: Columns,
	) {
		this.names = columns.keyColumns.map(({ name }) => name);
		this.values = this.names.map(() => new Array<string | undefined>(rows.length).fill(undefined));
		this.known = new Uint8Array(rows.length);
	}

	/** Reads what tells a row from others, and keeps its keys. */
	read(at: Position): KeyedRow {
		const { given = {} } = this.rows[at] ?? {};
		const keys = keysOf(given, this.columns);
		const company = companyOf(given, this.columns);
		for (const { name, value } of keys) {
			const values = this.values[this.names.indexOf(name)];
			if (values !== undefined) values[at] = value;
		}
		this.known[at] = flags.read | (keys.length > 0 ? flags.keyed : 0) | (company === undefined ? 0 : flags.company);
		return { keys, company };
	}

	/**
	 * Does the same without an object for each key.
	 * @param tell is told each key that the row has, by the place of its name among those of the model
	 */
	keep(at: Position, tell?: (name: number, value: string) => void): void {
		const { given = {} } = this.rows[at] ?? {};
		const { keyColumns, companyColumns } = this.columns;
		let found = flags.read;
		for (let name = 0; name < keyColumns.length; name += 1) {
			const value = firstValue(given, this.columns, keyColumns[name]?.columns ?? []);
			if (value === undefined) continue;
			found |= flags.keyed;
			const values = this.values[name];
			if (values !== undefined) values[at] = value;
			tell?.(name, value);
		}
		if (firstValue(given, this.columns, companyColumns) !== undefined) found |= flags.company;
		this.known[at] = found;
	}

	isKeyed(at: Position): boolean {
		return (this.flagsOf(at) & flags.keyed) !== 0;
	}

	namesCompany(at: Position): boolean {
		return (this.flagsOf(at) & flags.company) !== 0;
	}

	/** The keys of a row, best first. */
	of(at: Position): readonly NamedKey[] {
		if (!this.isKeyed(at)) return none;
		const keys: NamedKey[] = [];
		this.tell(at, (name, value) => keys.push({ name, value }));
		return keys;
	}

	/** Tells the same without an object for each key. */
	tell(at: Position, told: (name: string, value: string) => void): void {
		if (!this.isKeyed(at)) return;
		for (let place = 0; place < this.names.length; place += 1) {
			const value = this.values[place]?.[at];
			if (value !== undefined) told(this.names[place] ?? '', value);
		}
	}

	private flagsOf(at: Position): number {
		if ((this.known[at] ?? 0) === 0) this.keep(at);
		return this.known[at] ?? 0;
	}
}

const flags = { read: 1, keyed: 2, company: 4 };
