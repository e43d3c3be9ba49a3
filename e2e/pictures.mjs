// Takes the pictures of the guide again: the tests of the editor take them as they go.

import { fileURLToPath } from 'node:url';

process.env.PLANHAT_PICTURES ??= fileURLToPath(new URL('../docs/pictures', import.meta.url));
await import('./browser.test.mjs');
