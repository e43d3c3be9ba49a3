import type { Columns } from '../columns/column';
import { companyOf, keysOf } from './keys';
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
	private readonly names: readonly string[];

	private readonly values: ReadonlyArray<Array<string | undefined>>;

	/** Whether a row was read, and whether it has a key and a company. */
	private readonly known: Uint8Array;

	constructor(
		private readonly rows: readonly Row[],
		private readonly columns: Columns,
	) {
		this.names = columns.keyColumns.map(({ name }) => name);
		this.values = this.names.map(() => Array.from<string | undefined>({ length: rows.length }));
		this.known = new Uint8Array(rows.length);
	}

	/** Reads what tells a row from others. */
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
		for (const [index, name] of this.names.entries()) {
			const value = this.values[index]?.[at];
			if (value !== undefined) keys.push({ name, value });
		}
		return keys;
	}

	private flagsOf(at: Position): number {
		if ((this.known[at] ?? 0) === 0) this.read(at);
		return this.known[at] ?? 0;
	}
}

const flags = { read: 1, keyed: 2, company: 4 };
