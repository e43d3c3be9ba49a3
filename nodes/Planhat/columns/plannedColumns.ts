import type { IDataObject } from 'n8n-workflow';

import type { Model } from '../resources/types';
import { isBlank } from '../values/checks';
import { customPrefix } from '../tenant/mapperColumns';
import type { CustomField } from '../tenant/customFields';
import type { Need } from '../tenant/tenant';
import type { Referenced, ReferenceWay } from '../tenant/references';
import type { Unavailable } from '../tenant/unavailable';
import type { TenantUser } from '../tenant/users';
import { fixedField, type Column, type Columns, type FieldColumn } from './column';
import { cleaned, memberOf } from './columnNames';
import { converterOf, readers } from '../readers/convertValue';
import { hasKnownValues } from '../readers/knownValues';
import { mayBeLookedUp, namesPeople } from '../readers/lookUpReference';
import { isBlankForList } from '../readers/readLists';
import type { Note, Place } from '../readers/reading';
import { usualReferenceRules } from '../readers/referenceRules';
import { resolveName, type Meaning } from './resolveName';
import type { Rules } from './rules';

/** What is known of the tenant in a run, and how more of it is learnt. */
export interface KnownTenant {
	readonly customFields: ReadonlyMap<string, CustomField>;
	/** Whether Planhat was asked for them; before that they are those that the editor has stored. */
	readonly customFieldsRead: boolean;
	readonly customFieldReason?: string;
	usersBy(naming: string): readonly TenantUser[] | Unavailable | Need;
	referencesBy(way: ReferenceWay, text: string): readonly Referenced[] | Unavailable | undefined;
	learnReferences(way: ReferenceWay, texts: Iterable<string>): Promise<void>;
	/** The values that recent records have in a field; undefined where they were not read, or cannot be. */
	valuesSeen(name: string): readonly string[] | undefined;
	learnValues(names: readonly string[]): Promise<void>;
	learn(need: Need): Promise<void>;
}

/** What the planning of columns sees of a run. */
export interface ColumnRun {
	readonly model: Model;
	readonly tenant: KnownTenant;
	readonly timezone: string;
	/** Whether the rows are the input items themselves. */
	readonly isAutomatic: boolean;
	/** The value of a column as an expression reads it, where that is not `$json` with the column's name. */
	sourceOf?(name: string): string | undefined;
	yieldToEventLoop?(): Promise<void> | undefined;
}

/** What the planning of columns sees of a row. */
export interface GivenRow {
	readonly given: IDataObject;
}

/** Where the values of a column stand in a row. */
export interface ColumnAt {
	name: string;
	/** Name of the column that holds an object with it. */
	within?: string;
}

/** A column and what the passes through all rows find out of it. */
export interface PlannedColumn extends FieldColumn {
	place: Place & { hasCommas: boolean };
	at: ColumnAt;
	/** Whether its type is the one that the editor has stored. */
	isStored: boolean;
}

type Resolved = Exclude<Meaning, { to: 'asked' }>;

/** The columns of a run while it goes on: rows may bring new names. */
export class PlannedColumns implements Columns {
	readonly byName = new Map<string, Column>();

	readonly nearest = new Map<string, string>();

	readonly respelled = new Map<string, string>();

	readonly notes = new Map<string, Note[]>();

	/** The columns whose values go out. */
	planned: PlannedColumn[] = [];

	keyColumns: Columns['keyColumns'] = [];

	companyColumns: string[] = [];

	/** What values name otherwise than by Planhat's ID, and nobody has looked up yet. */
	readonly asked = new Map<ReferenceWay, Set<string>>();

	constructor(
		private readonly run: ColumnRun,
		readonly rules: Rules,
	) {}

	get model(): Model {
		return this.run.model;
	}

	get unread(): readonly string[] {
		const reason = this.run.tenant.customFieldReason;
		return reason === undefined ? [] : [reason];
	}

	/** The columns by name, of the rows or within one of their columns. */
	mapOf(within?: string): Map<string, Column> {
		const column = within === undefined ? undefined : this.byName.get(within);
		return column?.to === 'inside' ? column.byName : this.byName;
	}

	/**
	 * Resolves a name, unless that takes the custom fields.
	 * @returns whether it was resolved
	 */
	add(at: ColumnAt): boolean {
		const { model, tenant, isAutomatic } = this.run;
		const { customFields, customFieldsRead, customFieldReason } = tenant;
		const known = { model, rules: this.rules, isAutomatic, customFields, customFieldsRead, customFieldReason };
		const prefix = at.within === undefined ? '' : customPrefix;
		const meaning = resolveName(known, `${prefix}${at.name}`);
		if (meaning.to === 'asked') return false;
		const called = `${prefix}${cleaned(at.name)}`;
		this.mapOf(at.within).set(at.name, this.columnOf(meaning, called, at));
		if ('nearest' in meaning && meaning.nearest !== undefined) this.nearest.set(called, meaning.nearest);
		return true;
	}

	private columnOf(meaning: Resolved, called: string, at: ColumnAt): Column {
		if (meaning.to === 'inside') return { to: 'inside', byName: new Map() };
		if (meaning.to === 'nowhere') return { to: 'nowhere', why: meaning.why, name: called };
		if (meaning.to === 'refused') return { refused: meaning.why, name: called };
		const { to, field, isKnown, isExact } = meaning;
		if (!isExact) this.respelled.set(called, field.name);
		const place = this.placeOf(field, called, at);
		const isStored = to === 'custom' && isKnown && !this.run.tenant.customFieldsRead;
		const { clears, usual } = readers[field.type];
		const column: PlannedColumn = {
			...{ to, field, name: called, at, place, convert: converterOf(place) },
			// What looks like an ID of Planhat's may be one's own.
			usual: this.isLookedAt(to, field) || mayBeLookedUp(place) ? undefined : usual,
			isBlank: Array.isArray(clears) ? isBlankForList : isBlank,
			...{ isKnown, isExact, isStored, isShared: false, betterNames: [], needsCompany: namesPeople(field) },
			clears: isKnown && this.mayClear(field.name) ? clears : undefined,
		};
		this.planned.push(column);
		return column;
	}

	/** The texts of which the tenant has values of its own, where the user wants to be told of others. */
	get openTexts(): string[] {
		const { unknownValues = 'send' } = this.rules.options;
		if (unknownValues === 'send' || unknownValues === 'failListed') return [];
		return this.planned.flatMap(({ to, field }) => (to === 'field' && this.isOpenText(field) ? [field.name] : []));
	}

	private isOpenText({ name, type, values }: Place['field']): boolean {
		return type === 'text' && values === undefined && this.model.seen.includes(name);
	}

	private isLookedAt(to: 'field' | 'custom', field: Place['field']): boolean {
		const { unknownValues } = this.rules.options;
		if (unknownValues === 'send') return false;
		return hasKnownValues(field) || (to === 'field' && unknownValues !== undefined && this.isOpenText(field));
	}

	private placeOf(field: Place['field'], called: string, { name, within }: ColumnAt): PlannedColumn['place'] {
		const { timezone, tenant, sourceOf } = this.run;
		const outer = within === undefined ? '' : memberOf(within);
		return {
			field,
			source: sourceOf?.(called) ?? `$json${outer}${memberOf(name)}`,
			zone: timezone,
			hasCommas: false,
			usersBy: (naming) => {
				const users = tenant.usersBy(naming);
				return typeof users === 'string' ? { reason: 'they have not been read' } : users;
			},
			by: this.rules.options.references ?? usualReferenceRules,
			unknownValues: this.rules.options.unknownValues,
			seen: () => (this.openTexts.includes(field.name) ? tenant.valuesSeen(field.name) : undefined),
			find: (way, text) => tenant.referencesBy(way, text) ?? this.ask(way, text),
		};
	}

	private ask(way: ReferenceWay, text: string): Unavailable {
		const texts = this.asked.get(way) ?? new Set();
		this.asked.set(way, texts.add(text));
		return { reason: 'they have not been read' };
	}

	/** A blank key would match other records with a blank one. */
	private mayClear(name: string): boolean {
		const { model, rules } = this;
		const isFixed = name === '_id' || fixedField(model)?.name === name || model.keys.some((key) => key === name);
		return rules.options.emptyValues === 'clear' && rules.writes !== 'new' && !isFixed;
	}

	/** Resolves names anew whose type the editor had stored. */
	renewStored(): void {
		const stored = this.planned.filter(({ isStored }) => isStored);
		this.planned = this.planned.filter(({ isStored }) => !isStored);
		for (const { at } of stored) this.add(at);
	}

	/** Puts together what depends on all names. */
	settle(): void {
		const bySame = new Map<string, PlannedColumn[]>();
		for (const column of this.planned) {
			const field = `${column.to} ${column.field.name}`;
			bySame.set(field, [...(bySame.get(field) ?? []), column]);
		}
		for (const same of bySame.values()) {
			const exact = same.filter(({ isExact, at }) => isExact && at.within === undefined).map(({ at }) => at.name);
			for (const column of same) {
				column.isShared = same.length > 1;
				column.betterNames = column.isExact ? [] : exact;
			}
		}
		const bestFirst = (field: string) =>
			(bySame.get(`field ${field}`) ?? [])
				.sort((one, other) => Number(other.isExact) - Number(one.isExact))
				.map(({ at }) => at.name);
		const { keys, namedBy } = this.model;
		this.keyColumns = [...keys, ...(namedBy === undefined ? [] : [namedBy.field])]
			.map((name) => ({ name, columns: bestFirst(name) }))
			.filter(({ columns }) => columns.length > 0);
		const references = this.model.fields.filter(({ refersTo, type }) => refersTo === 'company' && type === 'id');
		this.companyColumns = [...references.map(({ name }) => name), 'companyExternalId'].flatMap(bestFirst);
	}
}
