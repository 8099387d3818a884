module.exports = require('../../scripts/lint/eslint-package')(__dirname);
