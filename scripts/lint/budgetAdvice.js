// What to do about a lint budget, printed after the lint run for each rule that was hit.
module.exports = {
  'max-lines':
    'Split the file by idea: one verb or one concept a file; the name of the second idea is the name of the new file.',
  complexity:
    'Name the cases: turn branches into a table, or extract each branch into a function that says what it decides.',
  'max-depth':
    'Return early, or extract the inner block into a function with a name.',
  'max-params': 'Take one options object instead.',
  '@typescript-eslint/no-explicit-any':
    'Use `unknown` and parse it with zod at the border.',
  'no-restricted-syntax': 'The message above names the right place.',
};
