import type { FieldType } from '../resources/types';
import { unreadAdvice, shown } from '../values/json';
import type { Converted, NamedCompany, Place, Reader } from './reading';
import { withKnown } from './knownValues';
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
	'ISO 8601 with at least year and month; a date of n8n; digits: YYYYMMDD, days of Excel (32,874 to 58,441), seconds since 1970 (100,000,000 or more), milliseconds (100,000,000,000 or more)';

const days =
	'a date, as above. The day as written counts; a date of n8n, seconds and milliseconds count in the time zone of the workflow';

const lists = 'a list, or text with commas, semicolons or line breaks, entries in quotes or not';

const anId = "an ID of Planhat's (24 characters, 0 to 9 and a to f)";

const aDate = 'a date such as 2026-03-31 or 2026-03-31T08:00:00Z';

/** What each type of field takes, what is sent of it, and what is said when it refuses a value. */
export const readers: Readonly<Record<FieldType, Reader>> = {
	text: {
		takes: 'text, numbers, true and false, a date of n8n',
		gives: 'text; a date as ISO 8601',
		clears: '',
		wants: () => 'text',
		usual: usualText,
		read: readText,
	},
	key: {
		takes: "text or a number; 'N/A', '-', 'null' and the like are no key",
		gives: 'the same, without spaces around it',
		clears: '',
		wants: () => 'an ID as text or number',
		usual: usualKey,
		read: readKey,
	},
	email: {
		takes: 'one email address',
		gives: 'the same, without spaces around it',
		clears: '',
		wants: () => 'one email address, such as name@email.com',
		usual: usualEmail,
		read: readEmail,
	},
	id: {
		takes:
			'`_id` (24 characters), an object with an `_id`, a link to the record, `extid-` with an external ID, `srcid-` with a source ID',
		gives: 'the ID',
		clears: null,
		wants: ({ name }) => (name === '_id' ? `${anId} or a link` : `${anId}, or extid- or srcid- and an ID of your own`),
		usual: usualId,
		read: readReference,
	},
	user: {
		takes: 'the email or ID of a user, an object with an `_id`, a link to the user',
		gives: 'the ID',
		clears: null,
		wants: () => 'the ID or the email of one user',
		read: readUser,
	},
	number: {
		takes: 'a number, or text with a decimal point, such as 1200.5; at most 15 digits',
		gives: 'the number',
		clears: null,
		wants: () => 'a number such as 1200 or 1200.5',
		usual: usualNumber,
		read: readDecimal,
	},
	boolean: {
		takes: 'true, false, yes, no, 1, 0, in capitals or not',
		gives: 'true or false',
		clears: null,
		wants: () => 'true or false',
		usual: usualTruth,
		read: readBoolean,
	},
	date: {
		takes: `${dates}. Without a time zone: UTC`,
		gives: 'ISO 8601 in UTC',
		clears: null,
		wants: () => aDate,
		usual: usualIsoTime,
		read: readTime,
	},
	day: {
		takes: `${days}. Numbers from 0 to 32,872 are days since 1970`,
		gives: 'whole days since 1970-01-01',
		clears: null,
		wants: () => 'a day such as 2026-03-31',
		usual: usualDayCount,
		read: readDay,
	},
	isoDay: {
		takes: days,
		gives: 'YYYY-MM-DD',
		clears: null,
		wants: () => 'a day such as 2026-03-31',
		usual: usualIsoDay,
		read: readIsoDay,
	},
	choice: {
		takes: "a value of the field's list, in capitals or not; others are sent as they are, with a hint",
		gives: 'the value, as the list spells it',
		clears: null,
		wants: ({ values = [] }) =>
			values.length === 0 ? 'text' : `one of its values (${values.slice(0, 10).join(', ')})`,
		usual: usualChoice,
		read: readChoice,
	},
	texts: {
		takes: `${lists}; a value of the field's own list is one entry, also with a comma`,
		gives: 'a list of texts',
		clears: [],
		wants: ({ values = [] }) =>
			values.length === 0
				? 'a list of texts, or a text with commas'
				: `a list of its values (${values.slice(0, 10).join(', ')}), or a text with commas`,
		read: readTexts,
	},
	ids: {
		takes: `${lists}: references, as above`,
		gives: 'a list of IDs',
		clears: [],
		wants: () => `a list of IDs of Planhat's, or a text with commas`,
		read: (value, place) => readEach(value, place, readReference),
	},
	records: {
		takes: `${lists}: references, as above`,
		gives: 'a list of `{ _id }`',
		clears: [],
		wants: () => `a list of IDs of Planhat's, or a text with commas`,
		read: (value, place) => readEach(value, place, readRecord),
	},
	users: {
		takes: `${lists}: emails or IDs of users, or objects with an \`_id\``,
		gives: 'a list of IDs',
		clears: [],
		wants: () => 'IDs or emails of users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readUser),
	},
	members: {
		takes: `${lists}: emails or IDs of users, or objects with an \`id\``,
		gives: 'a list of `{ id, name }`',
		clears: [],
		wants: () => 'IDs or emails of users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readMember),
	},
	endusers: {
		takes: `${lists}: emails or IDs of end users, or objects with an \`id\` or \`email\``,
		gives: 'a list of `{ id }`',
		clears: [],
		wants: () => 'IDs or emails of end users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readEnduser),
	},
	object: {
		takes: 'an object or its JSON',
		gives: 'the object',
		clears: null,
		wants: () => 'an object or its JSON',
		read: readObject,
	},
	objects: {
		takes: 'a list of objects or its JSON',
		gives: 'the list',
		clears: [],
		wants: () => 'a list of objects or its JSON',
		read: readObjects,
	},
	unknown: {
		takes: 'any JSON value',
		gives: 'the same',
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
