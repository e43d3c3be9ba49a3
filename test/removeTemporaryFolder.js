const { rmSync } = require('node:fs');

module.exports = () => rmSync(process.env.PLANHAT_TEST_FOLDER, { recursive: true, force: true, maxRetries: 5 });
