// n8n finds the nodes through the "n8n" entry of package.json; this file only has to exist.
module.exports = {};
