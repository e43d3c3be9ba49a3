import type { IDataObject } from 'n8n-workflow';

import type { Watch } from '../Planhat/list/fetchList';
import { UnreadableList } from '../Planhat/transport/paging';
import type { Clockwork } from './changes';
import type { Mark } from './edge';
import type { PollResult, Remembered } from './memory';

/** A poll without changes needs no more than the newest records; a longer first page would load thousands each time. */
const firstPage = 100;

/** What one poll wants. */
export interface PollLimits {
	/** The most records that it hands over. */
	most: number;
	/** Whether it may be cut short, so that the rest comes with the next one. */
	mayBeCut: boolean;
	/** Whether the time is over. */
	isOver(): boolean;
	/** Whether to hand a record over that has changed. */
	isWanted(record: IDataObject, mark: Mark): boolean;
}

interface Seen {
	mark: Mark;
	record: IDataObject;
	isTaken: boolean;
}

/** The reading of one list in one poll: newest first, down to what was handed over before. */
export class PollReading implements Watch {
	private readonly seen: Seen[] = [];

	private readonly ids = new Set<string>();

	private previous = Infinity;

	private taken = 0;

	private isCut = false;

	/** Where records stand in the list, by ID. */
	private readonly positions = new Map<string, number>();

	private readFrom = Infinity;

	private readTo = 0;

	/** Whether a record was met that does not lie above what a poll that was cut short has left. */
	private reachesGap = false;

	/** Whether the list came newest first, as it was asked for. */
	isInOrder = true;

	readonly start: { offset: number; length: number };

	constructor(
		private readonly remembered: Remembered,
		private readonly clockwork: Clockwork,
		private readonly wanted: PollLimits,
		maximum: number,
	) {
		const position = remembered.memory.island?.position ?? 0;
		this.start = { offset: position, length: position > 0 ? maximum : Math.min(maximum, firstPage) };
	}

	/** Several lists are read one after the other, each from its newest record on. */
	beginList(): void {
		this.previous = Infinity;
	}

	readonly keep = (record: IDataObject): boolean => {
		const mark = this.clockwork.markOf(record);
		this.isInOrder &&= mark.time <= this.previous;
		this.previous = mark.time;
		this.ids.add(mark.id);
		const isAboveGap = this.remembered.isAboveGap(mark);
		this.reachesGap ||= !isAboveGap;
		if (isAboveGap || this.remembered.isHandedOver(mark)) return false;
		const isTaken = this.wanted.isWanted(record, mark);
		if (isTaken) this.taken += 1;
		this.seen.push({ mark, record, isTaken });
		return false;
	};

	readonly isEnough = (page: IDataObject[], offset: number): boolean => {
		for (const [index, { _id }] of page.entries()) this.positions.set(String(_id), offset + index);
		this.readFrom = Math.min(this.readFrom, offset);
		this.readTo = offset + page.length - 1;
		if (offset === 0 && page.length > 1 && this.remembered.isPast(this.previous)) this.isInOrder &&= this.falls(page);
		if (this.isInOrder && this.remembered.isPast(this.previous)) return true;
		const isOver = this.wanted.isOver();
		const mayBeCut = this.wanted.mayBeCut && this.isInOrder;
		if (isOver && !mayBeCut) throw new UnreadableList('The list is too long to be read in one poll');
		this.isCut = mayBeCut && (this.taken >= this.wanted.most || isOver);
		return this.isCut;
	};

	/** A page of records that were saved at one time shows no order. */
	private falls(page: IDataObject[]): boolean {
		const [first] = page;
		return first !== undefined && this.clockwork.markOf(first).time > this.previous;
	}

	readonly goesOn = ([first]: IDataObject[]): boolean => {
		if (!this.isInOrder) return true;
		if (first === undefined) return false;
		const mark = this.clockwork.markOf(first);
		if (this.ids.size === 0) return this.remembered.reachesIsland(mark);
		return mark.time > this.previous || this.ids.has(mark.id);
	};

	/** What was read, and what of it is handed over, from the oldest change on. */
	result(): { all: IDataObject[]; records: IDataObject[]; read: PollResult } {
		if (this.mayHaveSkipped()) return { all: [], records: [], read: { marks: [], cutAt: 0 } };
		const newestFirst = [...this.seen].sort((one, other) => other.mark.time - one.mark.time);
		const places = newestFirst.flatMap(({ isTaken }, place) => (isTaken ? [place] : []));
		const { most } = this.wanted;
		const isFull = places.length > most;
		const shown = isFull ? newestFirst.slice(0, (places[most - 1] ?? 0) + 1) : newestFirst;
		const last = shown.at(-1);
		const isCut = isFull || this.isCut;
		const cutAt = isCut ? this.positionOf(last?.mark) : undefined;
		const all = shown.map(({ record }) => record).reverse();
		const records = shown.flatMap(({ record, isTaken }) => (isTaken ? [record] : [])).reverse();
		return { all, records, read: { marks: shown.map(({ mark }) => mark), ...(cutAt !== undefined && { cutAt }) } };
	}

	/**
	 * A list that only looked sorted may have moved records before the place at which the reading went on; the next poll
	 * then begins at its first record.
	 */
	private mayHaveSkipped(): boolean {
		const isWhole = this.readFrom === 0 || this.readFrom === Infinity;
		return !isWhole && (!this.isInOrder || !(this.isCut || this.reachesGap));
	}

	private positionOf(mark: Mark | undefined): number {
		// Of several lists, none can be read from the middle on.
		if (!this.isInOrder || !this.wanted.mayBeCut) return 0;
		return (mark && this.positions.get(mark.id)) ?? this.readTo;
	}
}
