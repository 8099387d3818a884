module.exports = require('./lint/eslint-package')(__dirname);
