import type { FieldType } from '../resources/types';
import { lostDigitsAdvice, shown } from '../values/json';
import type { Converted, Place, Reader } from './reading';
import { readChoice, readEach, readObject, readObjects, readTexts, readUnknown } from './readLists';
import { readEnduser, readMember, readUser } from './readPeople';
import { readEmail, readKey, readRecord, readReference } from './readReferences';
import { isText, readBoolean, readDay, readDecimal, readIsoDay, readText, readTime } from './readScalars';

const dates =
	'ISO 8601 with year and month at least, a Date or a DateTime, digits alone: YYYYMMDD, days of Excel (32,874 to 58,441), seconds since 1970 (from 100,000,000), milliseconds (from 100,000,000,000)';

const days = `${dates}. The calendar day as it is written counts; a Date, a DateTime, seconds and milliseconds count in the time zone of the workflow`;

const lists = 'a list, its JSON, or a text with commas, semicolons or line breaks';

const anId = "an ID of Planhat's (24 characters, 0 to 9 and a to f)";

const aDate = 'a date such as 2026-03-31 or 2026-03-31T08:00:00Z';

/** What each type of field takes, what is sent of it, and what is said when it refuses a value. */
export const readers: Readonly<Record<FieldType, Reader>> = {
	text: {
		takes: 'text, numbers, true and false, a Date or a DateTime',
		gives: 'the same; a Date or DateTime as ISO 8601',
		clears: '',
		wants: () => 'text',
		keeps: isText,
		read: readText,
	},
	key: {
		takes: "text or a finite number; not words for nothing, such as 'N/A', '-', 'null', '#N/A'",
		gives: 'the same, without blanks around it',
		clears: '',
		wants: () => 'an ID as text or number',
		read: readKey,
	},
	email: {
		takes: 'one email address',
		gives: 'the same, without blanks around it',
		clears: '',
		wants: () => 'one email address, such as name@email.com',
		read: readEmail,
	},
	id: {
		takes: `${anId}, an object with such an '_id', a link to the record, or 'extid-' or 'srcid-' and an ID of your own`,
		gives: 'the ID, or the prefix with the ID',
		clears: null,
		wants: ({ name }) => (name === '_id' ? `${anId} or a link` : `${anId}, or extid- or srcid- and an ID of your own`),
		read: readReference,
	},
	user: {
		takes: 'the ID or the email of a user, an object with an `_id`, a link to the user',
		gives: 'the ID',
		clears: null,
		wants: () => 'the ID or the email of one user',
		read: readUser,
	},
	number: {
		takes: 'a finite number, or its text in decimal digits with a decimal point, 15 digits at most',
		gives: 'the number',
		clears: null,
		wants: () => 'a number such as 1200.5',
		read: readDecimal,
	},
	boolean: {
		takes: 'true, false, yes, no, 1, 0, in any case',
		gives: 'true or false',
		clears: null,
		wants: () => 'true or false',
		read: readBoolean,
	},
	date: {
		takes: `${dates}. Text without a time zone is UTC`,
		gives: 'ISO 8601 in UTC, with milliseconds',
		clears: null,
		wants: () => aDate,
		read: readTime,
	},
	day: {
		takes: `${days}. Numbers from 0 to 32,872 are days since 1970`,
		gives: 'whole days since 1970-01-01',
		clears: null,
		wants: () => 'a day such as 2026-03-31',
		read: readDay,
	},
	isoDay: { takes: days, gives: 'YYYY-MM-DD', clears: null, wants: () => 'a day such as 2026-03-31', read: readIsoDay },
	choice: {
		takes:
			"a value of the field's list, in any capitals, with or without blanks around it; others go out as they are, and a hint names them",
		gives: 'the value as the list spells it',
		clears: null,
		wants: ({ values = [] }) =>
			values.length === 0 ? 'text' : `one of its values (${values.slice(0, 10).join(', ')})`,
		read: readChoice,
	},
	texts: {
		takes: `${lists}; a value of the field's own list is one entry, whatever is in it`,
		gives: 'a list of texts',
		clears: [],
		wants: () => 'a list of texts, or a text with commas',
		read: readTexts,
	},
	ids: {
		takes: `${lists}, of what a reference takes`,
		gives: 'a list of IDs',
		clears: [],
		wants: () => `a list of IDs of Planhat's, or a text with commas`,
		read: (value, place) => readEach(value, place, readReference),
	},
	records: {
		takes: `${lists}, of what a reference takes`,
		gives: 'a list of `{ _id }`',
		clears: [],
		wants: () => `a list of IDs of Planhat's, or a text with commas`,
		read: (value, place) => readEach(value, place, readRecord),
	},
	users: {
		takes: `${lists}, of IDs or emails of users, or objects with an '_id'`,
		gives: 'a list of IDs',
		clears: [],
		wants: () => 'IDs or emails of users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readUser),
	},
	members: {
		takes: `${lists}, of IDs or emails of users, or objects with an 'id'`,
		gives: 'a list of `{ id, name }`, with what else the objects hold',
		clears: [],
		wants: () => 'IDs or emails of users, as a list or a text with commas',
		read: (value, place) => readEach(value, place, readMember),
	},
	endusers: {
		takes: `${lists}, of IDs of end users, or objects with an 'id'`,
		gives: 'a list of `{ id }`, with what else the objects hold',
		clears: [],
		wants: () => 'IDs of end users, as a list or a text with commas',
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
		takes: 'anything that JSON keeps',
		gives: 'the same',
		clears: null,
		wants: () => 'what JSON can hold',
		read: readUnknown,
	},
};

/** Makes what converts the values of one column. */
export function converterOf(place: Place): (value: unknown) => Converted {
	const reader = readers[place.field.type];
	return (value) => {
		const reading = reader.read(value, place);
		if ('value' in reading) return reading;
		const refused = reading.refused ?? lostDigitsAdvice(value);
		const problem = { given: shown(value), wants: reader.wants(place.field) };
		return { problem: refused === undefined ? problem : { ...problem, advice: refused } };
	};
}
