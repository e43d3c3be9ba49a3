// Writes docs/jobs.md: the tests of the jobs do so when they have run.

process.env.PLANHAT_JOBS = 'write';
process.argv.splice(2, Infinity, 'jobs');
await import('./realN8n.test.mjs');
