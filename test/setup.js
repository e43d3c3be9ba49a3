const { tmpdir } = require('node:os');
const { join } = require('node:path');

// n8n-core writes a settings file on first use; it must not be the one of the person who runs the tests.
process.env.N8N_USER_FOLDER = join(tmpdir(), `n8n-nodes-planhat-test-${process.env.JEST_WORKER_ID}`);
process.env.N8N_ENCRYPTION_KEY = 'only-for-tests';
process.env.N8N_LOG_LEVEL = 'silent';
process.env.N8N_DIAGNOSTICS_ENABLED = 'false';

require('reflect-metadata');
