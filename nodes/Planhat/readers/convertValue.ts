import type { FieldType } from '../resources/types';
import { unreadAdvice, shown } from '../values/json';
import type { Converted, NamedCompany, Place, Reader } from './reading';
import { quotedValue, withKnown } from './knownValues';
import { usualChoice, readChoice, readEach, readObject, readObjects, readTexts, readUnknown } from './readLists';
import { readEnduser, readMember, readUser } from './readPeople';
import { usualEmail, usualId, usualKey, readEmail, readKey, readRecord, readReference } from './readReferences';
import {
	readBoolean,
	readDay,
	readDecimal,
	readIsoDay,
	readText,
	readTime,
	usualDayCount,
	usualIsoDay,
	usualIsoTime,
	usualNumber,
	usualText,
	usualTruth,
} from './readScalars';

const dates =
	'a [date](#dates): `2026-03-31`, `2026-03-31T08:00:00Z`, `$now`, `20260331`; days of Excel (32,874 to 58,441); seconds or milliseconds since 1970';

const days =
	'the same. The day as written counts; `$now`, seconds and milliseconds count in the time zone of the workflow';

const lists = 'a [list](#lists), or text with commas';

const anId = "an ID of Planhat's (24 characters, 0 to 9 and a to f)";

const aDate = 'a date such as 2026-03-31 or 2026-03-31T08:00:00Z';

/** What each type of field takes, and what is said when it refuses a value. */
export const readers: Readonly<Record<FieldType, Reader>> = {
	text: {
		takes: 'text, a number, true, false or a date',
		clears: '',
		wants: () => 'text',
		usual: usualText,
		read: readText,
	},
	key: {
		takes: 'text or a number. `N/A`, `-`, `null`, `6.1E+23` and the like are no key',
		clears: '',
		wants: () => 'an ID as text or number',
		usual: usualKey,
		read: readKey,
	},
	email: {
		takes: 'one email address',
		clears: '',
		wants: () => 'one email address, such as name@email.com',
		usual: usualEmail,
		read: readEmail,
	},
	id: {
		takes:
			'the ID in Planhat (24 characters), a link to the record, an object with an `_id`, or your own ID as `extid-…` (external ID) or `srcid-…` (source ID)',
		clears: null,
		wants: ({ name }) => (name === '_id' ? `${anId} or a link` : `${anId}, or extid- or srcid- and an ID of your own`),
		usual: usualId,
		read: readReference,
	},
	user: {
		takes: 'the email or ID of a user, a link, or an object with an `_id`',
		clears: null,
		wants: () => 'the ID or the email of one user',
		read: readUser,
	},
	number: {
		takes: 'a [number](#numbers) such as 1200 or 1200.5; at most 15 digits',
		clears: null,
		wants: () => 'a number such as 1200 or 1200.5',
		usual: usualNumber,
		read: readDecimal,
	},
	boolean: {
		takes: 'true, false, yes, no, 1 or 0',
		clears: null,
		wants: () => 'true or false',
		usual: usualTruth,
		read: readBoolean,
	},
	date: {
		takes: `${dates}. Without a time zone, it is UTC`,
		clears: null,
		wants: () => aDate,
		usual: usualIsoTime,
		read: readTime,
	},
	day: {
		takes: `${days}. Numbers from 0 to 32,872 are days since 1970`,
		clears: null,
		wants: () => 'a day such as 2026-03-31',
		usual: usualDayCount,
		read: readDay,
	},
	isoDay: {
		takes: days,
		clears: null,
		wants: () => 'a day such as 2026-03-31',
		usual: usualIsoDay,
		read: readIsoDay,
	},
	choice: {
		takes:
			"a value of the field's list, in capitals or not. Others are sent with a [warning](#values-that-a-field-doesnt-know)",
		clears: null,
		wants: ({ values = [] }) =>
			values.length === 0 ? 'text' : `one of its values (${values.slice(0, 10).map(quotedValue).join(', ')})`,
		usual: usualChoice,
		read: readChoice,
	},
	texts: {
		takes: lists,
		clears: [],
		wants: ({ values = [] }) =>
			values.length === 0
				? 'a list of texts, or a text with commas'
				: `a list of its values (${values.slice(0, 10).map(quotedValue).join(', ')}), or a text with commas`,
		read: readTexts,
	},
	ids: {
		takes: `${lists}: references, as above`,
		clears: [],
		wants: () => `a list of IDs of Planhat's, or a text with commas`,
		read: (value, place) => readEach(value, place, readReference),
	},
	records: {
		takes: `${lists}: references, as above`,
		clears: [],
		wants: () => `a list of IDs of Planhat's, or a text with commas`,
		read: (value, place) => readEach(value, place, readRecord),
	},
	users: {
		takes: `${lists}: emails or IDs of users`,
		clears: [],
		wants: () => 'IDs or emails of users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readUser),
	},
	members: {
		takes: `${lists}: emails or IDs of users`,
		clears: [],
		wants: () => 'IDs or emails of users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readMember),
	},
	endusers: {
		takes: `${lists}: emails or IDs of [end users](#end-users)`,
		clears: [],
		wants: () => 'IDs or emails of end users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readEnduser),
	},
	object: {
		takes: 'an object or its JSON',
		clears: null,
		wants: () => 'an object or its JSON',
		read: readObject,
	},
	objects: {
		takes: 'a list of objects or its JSON',
		clears: [],
		wants: () => 'a list of objects or its JSON',
		read: readObjects,
	},
	unknown: {
		takes: 'any JSON value',
		clears: null,
		wants: () => 'what JSON can hold',
		read: readUnknown,
	},
};

/** Makes what converts the values of one column. */
export function converterOf(place: Place): (value: unknown, company?: NamedCompany) => Converted {
	const reader = readers[place.field.type];
	return (value, company) => {
		const at = company === undefined ? place : { ...place, company };
		const reading = withKnown(reader.read(value, at), at);
		if ('value' in reading) return reading;
		const refused = reading.refused ?? unreadAdvice(value);
		const problem = { given: shown(value), wants: reading.wants ?? reader.wants(place.field) };
		return { problem: refused === undefined ? problem : { ...problem, advice: refused } };
	};
}
