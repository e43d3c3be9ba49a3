import { DateTime } from 'luxon';

/** Words and digits of dates as people and systems write them, and what Luxon calls them. The first that fits is taken. */
const days: ReadonlyArray<readonly [form: RegExp, format: string]> = [
	[/^\d{4}[/.]\d\d[/.]\d\d$/, 'yyyy*MM*dd'],
	[/^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$/, 'yyyy*M*d'],
	[/^\d\d[-/.]\d\d[-/.]\d{4}$/, 'dd*MM*yyyy'],
	[/^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}$/, 'd*M*yyyy'],
	[/^\d\d[-/.]\d\d[-/.]\d\d$/, 'dd*MM*yy'],
	[/^\d{1,2}[-/.]\d{1,2}[-/.]\d\d$/, 'd*M*yy'],
	[/^\d\d[/.-]\d{4}$/, 'MM*yyyy'],
	[/^\d{1,2}[-/. ][a-z]{3}[-/. ]\d{4}$/i, 'd*LLL*yyyy'],
	[/^\d{1,2}[-/. ][a-z]{3}[-/. ]\d\d$/i, 'd*LLL*yy'],
	[/^\d{1,2} [a-z]{4,9} \d{4}$/i, 'd LLLL yyyy'],
	[/^[a-z]{3} \d{1,2}, \d{4}$/i, 'LLL d, yyyy'],
	[/^[a-z]{4,9} \d{1,2}, \d{4}$/i, 'LLLL d, yyyy'],
	[/^[a-z]{3} \d{4}$/i, 'LLL yyyy'],
	[/^[a-z]{4,9} \d{4}$/i, 'LLLL yyyy'],
	[/^[a-z]{3}-\d\d$/i, 'LLL-yy'],
	[/^0\d{3}(19|20)\d\d$|^[1-3]\d{7}$/, 'ddMMyyyy'],
	[/^(19|20)\d\d(0[1-9]|1[0-2])$/, 'yyyyMM'],
	[/^(19|20)\d\d$/, 'yyyy'],
];

const times: ReadonlyArray<readonly [form: RegExp, format: string]> = [
	[/^\d\d:\d\d:\d\d [ap]m$/i, 'hh:mm:ss a'],
	[/^\d{1,2}:\d\d:\d\d [ap]m$/i, 'h:mm:ss a'],
	[/^\d\d:\d\d [ap]m$/i, 'hh:mm a'],
	[/^\d{1,2}:\d\d [ap]m$/i, 'h:mm a'],
	[/^\d\d:\d\d:\d\d$/, 'HH:mm:ss'],
	[/^\d\d:\d\d$/, 'HH:mm'],
	[/^\d{1,2}:\d\d$/, 'H:mm'],
];

function formatIn(forms: typeof days, text: string): string | undefined {
	return forms.find(([form]) => form.test(text))?.[1];
}

function numbersOf(text: string): number[] {
	return (text.match(/\d+/g) ?? []).map(Number);
}

/** Whether the second number can be no month, so that it is the day. */
function isMonthFirst(format: string, text: string): boolean {
	return /^d+\*M/.test(format) && (numbersOf(text)[1] ?? 0) > 12;
}

function withSeparators(format: string, text: string): string {
	const [separator = ''] = /[^\da-z]/i.exec(text) ?? [];
	return format.replaceAll('*', separator);
}

function swapped(format: string): string {
	return format.replace(/^(d+)(\W?)(M+)/, '$3$2$1');
}

/** The formats of a day, the likelier first: Americans write the month first, with strokes, and others a short year. */
function dayFormats(form: string, day: string): string[] {
	const written = withSeparators(form, day);
	if (isMonthFirst(form, day)) return [swapped(written)];
	const [first = 0] = numbersOf(/^\d{8}$/.test(day) ? day.slice(0, 2) : day);
	const isOpen = /^d+[-/]?M/.test(written) && first <= 12;
	const isShortYear = /^\d\d-\d\d-\d\d$/.test(day);
	return [written, ...(isOpen ? [swapped(written)] : []), ...(isShortYear ? ['yy-MM-dd'] : [])];
}

/** A zone by its name, behind a time. Luxon knows those of the world's list, of which CET and EST are two. */
const zoneName = / ([A-Z]{2,5}|[A-Z][a-z]+(?:\/[A-Z][A-Za-z_]+)+)$/;

/** Whether a text ends in the name of a time zone. */
export function namesZone(text: string): boolean {
	return zoneName.test(text.trim());
}

/** The name of a zone may be long. Characters. */
const longestDate = 100;

/**
 * Guesses in which form a date is written that is not ISO 8601.
 * @returns the formats of Luxon that read it, the likelier first; none where it is no date
 */
export function dateFormats(text: string): string[] {
	if (text.length > longestDate) return [];
	const [zone = ''] = zoneName.exec(text.trim()) ?? [];
	const isZoned = zone !== '' && !/^ [AP]M$/.test(zone);
	const local = isZoned ? text.trim().slice(0, -zone.length) : text.trim();
	const [day = '', gap = '', time = ''] = local.split(/(,? +|T)(?=\d{1,2}:\d\d)/);
	const form = formatIn(days, day);
	const timeFormat = time === '' ? '' : formatIn(times, time);
	if (form === undefined || timeFormat === undefined || (isZoned && time === '')) return [];
	const between = gap === 'T' ? "'T'" : gap;
	return [...new Set(dayFormats(form, day))].map((each) => `${each}${between}${timeFormat}${isZoned ? ' z' : ''}`);
}

/** How mails and HTTP write dates. */
const mailDate = /^([a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(:\d\d)? ([A-Z]{1,4}|[+-]\d{4})$/i;

/** How JavaScript writes a date in a text, such as `Tue Mar 31 2026 10:00:00 GMT+0200 (Central European Summer Time)`. */
const javaScriptDate = /^([a-z]{3}) ([a-z]{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \(.+\))?$/i;

/** As mails write it. */
function asMailDate(text: string): string | undefined {
	if (mailDate.test(text)) return text;
	return javaScriptDate.test(text) ? text.replace(javaScriptDate, '$1, $3 $2 $4 $5 $6') : undefined;
}

function plainDate(text: string, format: string): string | null {
	const date = DateTime.fromFormat(text, format, { locale: 'en', zone: 'utc', setZone: true });
	if (format.endsWith(' z')) return date.toISO({ suppressMilliseconds: true });
	return /[hH]/.test(format) ? date.toFormat("yyyy-MM-dd'T'HH:mm:ss") : date.toISODate();
}

/** What a text of such a date is in ISO 8601, once for each date that it may mean. */
export function plainDates(text: string): string[] {
	const trimmed = text.trim();
	const mail = asMailDate(trimmed);
	const read =
		mail === undefined
			? dateFormats(trimmed).map((format) => plainDate(trimmed, format))
			: [DateTime.fromRFC2822(mail, { setZone: true }).toISO({ suppressMilliseconds: true })];
	return [...new Set(read)].filter((date) => date !== null && /^\d/.test(date)).map(String);
}

/**
 * The expressions of n8n that read a date in another form than ISO 8601. A day stays text: as a moment it would begin in the
 * time zone of the workflow, and be the day before in UTC.
 * @param source the value as an expression reads it, such as `$json.start`
 */
export function dateExpressions(text: string, source: string): string[] {
	const plain = text.trim();
	const from = plain === text ? source : `${source}.trim()`;
	const mail = asMailDate(plain);
	if (mail !== undefined && !DateTime.fromRFC2822(mail).isValid) return [];
	if (mail !== undefined) return [mail === plain ? `DateTime.fromRFC2822(${from})` : `new Date(${from})`];
	// A form may fit what is no day, such as 30 February.
	const formats = dateFormats(plain).filter((format) => DateTime.fromFormat(plain, format, { locale: 'en' }).isValid);
	return formats.map((format) => {
		const quoted = format.includes("'") ? `"${format}"` : `'${format}'`;
		return `DateTime.fromFormat(${from}, ${quoted})${/[hH]/.test(format) ? '' : '.toISODate()'}`;
	});
}
