// One lint configuration for every package: Backstage's, plus our budgets and borders. The sentences that say what to do
// about a budget stand in budgetAdvice.js, because ESLint's own rules have fixed messages.
const createPackageConfig = require('@backstage/cli/config/eslint-factory');

const budgets = {
  'max-lines': ['error', { max: 400 }],
  complexity: ['error', 10],
  'max-depth': ['error', 3],
  'max-params': ['error', 3],
  '@typescript-eslint/no-explicit-any': 'error',
  'no-nested-ternary': 'error',
  // What a function names when it runs may stand below it; a reader starts with the story, not with its parts.
  '@typescript-eslint/no-use-before-define': [
    'error',
    { functions: false, variables: false, classes: false, typedefs: false },
  ],
};

const testBudgets = {
  ...budgets,
  // A table of cases may be long; a test that decides may not.
  'max-lines': ['error', { max: 600 }],
  // The columns of a table of cases.
  'max-params': ['error', 6],
  // Expectations live in functions that say what is expected, and in branches of tables.
  'jest/expect-expect': 'off',
  'jest/no-conditional-expect': 'off',
  'jest/no-standalone-expect': 'off',
  'no-restricted-syntax': 'off',
  // Tests try such links on purpose.
  'no-script-url': 'off',
};

const domainSyntax = [
  {
    selector:
      "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message:
      'The domain has no clock: take `now` as an argument from the shell that calls you.',
  },
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message:
      'The domain has no clock: take `now` as an argument from the shell that calls you.',
  },
  {
    selector:
      "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message:
      'The domain has no randomness: take a `random` function as an argument.',
  },
  {
    selector: "Identifier[name='process'], Identifier[name='fetch']",
    message:
      'The domain does no I/O: move this to the shell that calls the domain and pass the value in.',
  },
];

module.exports = function createUnderstageConfig(directory) {
  return createPackageConfig(directory, {
    rules: budgets,
    testRules: testBudgets,
    overrides: [
      {
        files: ['src/domain/**/*.ts'],
        excludedFiles: ['**/*.test.ts'],
        rules: { 'no-restricted-syntax': ['error', ...domainSyntax] },
      },
      {
        // What tests share may need what only tests need.
        files: ['src/**/testing/**/*.ts'],
        rules: { '@backstage/no-undeclared-imports': 'off' },
      },
    ],
  });
};
