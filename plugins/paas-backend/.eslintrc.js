const config = require('../../scripts/lint/eslint-package')(__dirname);

module.exports = {
  ...config,
  overrides: [
    ...(config.overrides ?? []),
    {
      files: ['**/*.test.ts'],
      rules: {
        // supertest asserts with `.expect(status)` at the end of a request.
        'jest/expect-expect': [
          'error',
          { assertFunctionNames: ['expect', 'api.**.expect', 'apply.expect'] },
        ],
      },
    },
  ],
};
