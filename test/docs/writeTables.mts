// Writes the tables that are made from the code into README and guide. Usage: npm run docs:tables

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { format, resolveConfig } from 'prettier';

import { tables, withTables } from './tables.mts';

for (const path of Object.keys(tables)) {
	const page = join(process.cwd(), path);
	const options = await resolveConfig(page);
	writeFileSync(page, await format(withTables(path, readFileSync(page, 'utf8')), { ...options, parser: 'markdown' }));
}
