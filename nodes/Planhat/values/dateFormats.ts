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
	[/^\d{1,2} [a-z]{4,9} \d{4}$/i, 'd LLLL yyyy'],
	[/^[a-z]{3} \d{1,2}, \d{4}$/i, 'LLL d, yyyy'],
	[/^[a-z]{4,9} \d{1,2}, \d{4}$/i, 'LLLL d, yyyy'],
	[/^[a-z]{3} \d{4}$/i, 'LLL yyyy'],
	[/^0\d{7}$|^[1-3]\d{7}$/, 'ddMMyyyy'],
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
	return format.replace(/^(d+)(.)(M+)/, '$3$2$1');
}

/**
 * Guesses in which form a date is written that is not ISO 8601.
 * @returns the formats of Luxon that read it, the likelier first; none where it is no date
 */
export function dateFormats(text: string): string[] {
	const [day = '', gap = '', time = ''] = text.trim().split(/(,? +)(?=\d{1,2}:\d\d)/);
	const form = formatIn(days, day);
	const timeFormat = time === '' ? '' : formatIn(times, time);
	if (form === undefined || timeFormat === undefined) return [];
	const written = withSeparators(form, day);
	const format = isMonthFirst(form, day) ? swapped(written) : written;
	const [first = 0] = numbersOf(day);
	// Americans write the month first, with slashes.
	const other = day.includes('/') && format === written && first <= 12 ? swapped(written) : format;
	return [...new Set([format, other])].map((each) => `${each}${gap}${timeFormat}`);
}

/** How mails and HTTP write dates. */
const mailDate = /^([a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(:\d\d)? ([A-Z]{1,4}|[+-]\d{4})$/i;

/** What a text of such a date is in ISO 8601, once for each date that it may mean. */
export function plainDates(text: string): string[] {
	const trimmed = text.trim();
	const read = mailDate.test(trimmed)
		? [DateTime.fromRFC2822(trimmed, { setZone: true }).toISO({ suppressMilliseconds: true })]
		: dateFormats(trimmed).map((format) => {
				const date = DateTime.fromFormat(trimmed, format, { locale: 'en', zone: 'utc' });
				return /[hH]/.test(format) ? date.toFormat("yyyy-MM-dd'T'HH:mm:ss") : date.toISODate();
			});
	return [...new Set(read)].filter((date) => date !== null && /^\d/.test(date)).map(String);
}

/**
 * The expressions of n8n that read a date in another form than ISO 8601.
 * @param source the value as an expression reads it, such as `$json.start`
 */
export function dateExpressions(text: string, source: string): string[] {
	const plain = text.trim();
	const from = plain === text ? source : `${source}.trim()`;
	if (mailDate.test(plain)) return DateTime.fromRFC2822(plain).isValid ? [`DateTime.fromRFC2822(${from})`] : [];
	// A form may fit what is no day, such as 30 February.
	const formats = dateFormats(plain).filter((format) => DateTime.fromFormat(plain, format, { locale: 'en' }).isValid);
	return formats.map((format) => `DateTime.fromFormat(${from}, '${format}')`);
}
