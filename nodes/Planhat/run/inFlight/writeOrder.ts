import type { IDataObject } from 'n8n-workflow';

/** What an item names its record by: the place that it is written to, or keys that its fields give it. */
export type NamedBy = 'address' | 'fields';

/** No key tells records apart by capitals alone; where Planhat sees two, they go one after the other. */
function comparable(value: unknown): string {
	return String(value).trim().toLowerCase();
}

type Name = readonly [key: string, value: string];

/** All that an item names its record by, and what it may come to be named by. */
class Names {
	/** A new record has none. */
	private address?: Name;

	private readonly fields = new Map<string, string>();

	add(by: NamedBy, keys: IDataObject): void {
		for (const [key, value] of Object.entries(keys)) {
			if (by === 'address') this.address = [key, comparable(value)];
			else this.fields.set(key, comparable(value));
		}
	}

	/** Two records are surely two only where they are named in the same way, and differently. */
	mayBeOneWith(other: Names): boolean {
		if (this.address?.[0] !== other.address?.[0]) return true;
		const { keys } = this;
		// A new record that no key names cannot be another one.
		if (this.address === undefined && (keys.length === 0 || other.keys.length === 0)) return false;
		if (this.address === undefined && keys.join() !== other.keys.join()) return true;
		// The key that one record gives up may be the one that the other takes.
		return this.meets(other) || this.moved.some((key) => other.moved.includes(key));
	}

	private get keys(): string[] {
		return [...this.fields.keys()].sort();
	}

	/** The keys that are changed, as far as anybody can tell. */
	private get moved(): string[] {
		const { address } = this;
		if (address === undefined) return [];
		const [named, value] = address;
		return this.keys.filter((key) => key !== named || this.fields.get(key) !== value);
	}

	private get all(): Name[] {
		return this.address === undefined ? [...this.fields] : [this.address, ...this.fields];
	}

	private meets(other: Names): boolean {
		const others = new Set(other.all.map((name) => name.join(' ')));
		return this.all.some((name) => others.has(name.join(' ')));
	}
}

function gate(): { opens: Promise<void>; open(): void } {
	let open = () => {};
	const opens = new Promise<void>((resolve) => {
		open = resolve;
	});
	return { opens, open };
}

/** One item that writes, among those that are under way. */
export class OrderedWrite {
	private readonly names = new Names();

	private readonly named = gate();

	private readonly ended = gate();

	/** @param underWay those that have begun and not ended, in the order of the items */
	constructor(private readonly underWay: Set<OrderedWrite>) {
		underWay.add(this);
	}

	/** Names the record. All names are given before the first request. */
	name(by: NamedBy, keys: IDataObject): void {
		this.names.add(by, keys);
	}

	/** Waits until no item before this one can still change the same record. Each request of the item asks. */
	async turn(): Promise<void> {
		this.named.open();
		for (const earlier of this.before()) {
			await earlier.named.opens;
			if (earlier.names.mayBeOneWith(this.names)) await earlier.ended.opens;
		}
	}

	end(): void {
		this.underWay.delete(this);
		this.named.open();
		this.ended.open();
	}

	private before(): OrderedWrite[] {
		const all = [...this.underWay];
		return all.slice(0, all.indexOf(this));
	}
}

/** Lets items of a run write side by side, and those that may be about one record one after the other, as they came. */
export class WriteOrder {
	private readonly underWay = new Set<OrderedWrite>();

	/** Takes in the next item. Who calls ends it, whatever came of it. */
	begin(): OrderedWrite {
		return new OrderedWrite(this.underWay);
	}
}
