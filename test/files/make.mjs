/**
 * Makes the files that people have: run `node test/files/make.mjs` after a change of it. They are small, and kept, so that a
 * test needs nothing but them.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = import.meta.dirname ?? new URL('.', import.meta.url).pathname;

const write = (name, content) => writeFileSync(join(folder, name), content);

/** Excel writes a byte order mark before "CSV UTF-8", and ends lines as Windows does. */
write(
	'companies-bom.csv',
	'\ufeffexternalId,name,phase,csmScore,tags\r\na-1,Acme,Live,4,"north, key"\r\na-2,"Beta, Inc",,,\r\n',
);

/** A spreadsheet in German: semicolons, commas in numbers, days first. */
write(
	'licenses-german.csv',
	[
		'externalId;companyId;_currency;product;value;fromDate',
		'l-1;extid-a-1;EUR;Basis;10.000;31.01.2024',
		'l-2;extid-a-1;EUR;Plus;1.200,50;2024-02-01',
		'l-3;extid-a-2;EUR;Plus;2.500;2024-02-01',
		'',
	].join('\n'),
);

/** What a CRM exports: names of its own, words for nothing, dates as its users see them. */
write(
	'crm-accounts.csv',
	[
		'"Account ID","Account Name","Account Owner","Owner Email","Phone","Website","Source ID","Name","Owner","Last Modified Date"',
		'"001Nq00000AU63sIAD","Acme","Kim Lee","kim@example.com","+49 30 1","acme.example.com","001Nq00000AU63sIAD","Acme","kim@example.com","1/31/2024"',
		'"001Nq00000AU63tIAD","Beta","N/A","","-","","001Nq00000AU63tIAD","Beta","","2/1/2024"',
		'"001Nq00000AU63uIAD","Gamma","Lee Kim","lee@example.com","","","N/A","Gamma","Lee Kim","2/2/2024"',
		'',
	].join('\n'),
);

/** The items that n8n's Google Sheets node makes of rows: its own row numbers, and blanks for empty cells. */
write(
	'google-sheets.json',
	`${JSON.stringify(
		[
			{ row_number: 2, externalId: 'a-1', name: 'Acme', phase: 'Live', csmScore: 4, owner: '', description: '' },
			{ row_number: 3, externalId: 'a-2', name: '', phase: '', csmScore: '', owner: '', description: 'kept' },
			{ row_number: 4, externalId: '', name: '', phase: '', csmScore: '', owner: '', description: '' },
		],
		undefined,
		'\t',
	)}\n`,
);

const crcTable = Array.from({ length: 256 }, (_, index) => {
	let crc = index;
	for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
	return crc >>> 0;
});

function crc32(bytes) {
	let crc = 0xffffffff;
	for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
	return (crc ^ 0xffffffff) >>> 0;
}

/** One field after the other, each of two or four bytes. */
function bytesOf(...fields) {
	return Buffer.concat(
		fields.map(([size, value]) => {
			const buffer = Buffer.alloc(size);
			if (size === 2) buffer.writeUInt16LE(value);
			else buffer.writeUInt32LE(value);
			return buffer;
		}),
	);
}

/** A ZIP archive without compression, dated 1980 so that it is always the same. */
function zip(files) {
	const parts = [];
	const directory = [];
	let offset = 0;
	for (const [name, text] of files) {
		const [title, bytes] = [Buffer.from(name), Buffer.from(text)];
		const common = bytesOf(
			[2, 20],
			[2, 0],
			[2, 0],
			[2, 0],
			[2, 0x21],
			[4, crc32(bytes)],
			[4, bytes.length],
			[4, bytes.length],
		);
		const named = bytesOf([2, title.length], [2, 0]);
		parts.push(bytesOf([4, 0x04034b50]), common, named, title, bytes);
		const entry = [
			bytesOf([4, 0x02014b50], [2, 20]),
			common,
			named,
			bytesOf([2, 0], [2, 0], [2, 0], [4, 0], [4, offset]),
			title,
		];
		directory.push(Buffer.concat(entry));
		offset += 30 + title.length + bytes.length;
	}
	const central = Buffer.concat(directory);
	const count = files.length;
	const end = bytesOf(
		[4, 0x06054b50],
		[2, 0],
		[2, 0],
		[2, count],
		[2, count],
		[4, central.length],
		[4, offset],
		[2, 0],
	);
	return Buffer.concat([...parts, central, end]);
}

const namespace = 'http://schemas.openxmlformats.org';
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';

/** A cell: text, a number, or a number that is shown as a day. */
function cell(value, address) {
	if (typeof value === 'string') return `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`;
	return value.day === undefined
		? `<c r="${address}"><v>${value}</v></c>`
		: `<c r="${address}" s="1"><v>${value.day}</v></c>`;
}

function sheet(rows) {
	const lines = rows.map((row, index) => {
		const cells = row.map((value, column) => cell(value, `${String.fromCharCode(65 + column)}${index + 1}`));
		return `<row r="${index + 1}">${cells.join('')}</row>`;
	});
	return `${head}<worksheet xmlns="${namespace}/spreadsheetml/2006/main"><sheetData>${lines.join('')}</sheetData></worksheet>`;
}

/** A workbook with one sheet; style 1 shows days as YYYY-MM-DD. */
function workbook(rows) {
	const type = `${namespace}/officeDocument/2006/relationships`;
	const part = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
	const relations = (entries) =>
		`${head}<Relationships xmlns="${namespace}/package/2006/relationships">${entries
			.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${type}/${kind}" Target="${target}"/>`)
			.join('')}</Relationships>`;
	return zip([
		[
			'[Content_Types].xml',
			`${head}<Types xmlns="${namespace}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${part}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${part}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${part}.styles+xml"/></Types>`,
		],
		['_rels/.rels', relations([['rId1', 'officeDocument', 'xl/workbook.xml']])],
		[
			'xl/workbook.xml',
			`${head}<workbook xmlns="${namespace}/spreadsheetml/2006/main" xmlns:r="${type}"><sheets><sheet name="Invoices" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		],
		[
			'xl/_rels/workbook.xml.rels',
			relations([
				['rId1', 'worksheet', 'worksheets/sheet1.xml'],
				['rId2', 'styles', 'styles.xml'],
			]),
		],
		[
			'xl/styles.xml',
			`${head}<styleSheet xmlns="${namespace}/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="164" applyNumberFormat="1"/></cellXfs></styleSheet>`,
		],
		['xl/worksheets/sheet1.xml', sheet(rows)],
	]);
}

/** Days as Excel keeps them: shown as days in one column, and as plain numbers in the other. */
write(
	'invoices.xlsx',
	workbook([
		['External ID', 'Company ID', 'Currency', 'Amount Total', 'Invoice Date', 'Due Date'],
		['i-1', 'extid-a-1', 'EUR', 1200.5, { day: 45283 }, 45967],
		['i-2', 'extid-a-2', 'EUR', 99, { day: 45284 }, 45968],
	]),
);

/** Twenty companies as somebody types them; in three rows a value is missing or is none of its column. */
const companies = Array.from({ length: 20 }, (_row, index) => [`c-${index + 1}`, `Company ${index + 1}`, 'Live', 3]);
companies[4][3] = 'good';
companies[9][0] = '';
companies[14][1] = '';
write('companies.xlsx', workbook([['External ID', 'Name', 'Phase', 'CSM Score'], ...companies]));
