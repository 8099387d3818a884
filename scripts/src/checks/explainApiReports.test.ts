import { explainApiReports } from './explainApiReports';

const upToKube = `# Generating package API reports
## Processing plugins/paas
Analysis will use the bundled TypeScript version 6.0.3
## Processing packages/kube
Analysis will use the bundled TypeScript version 6.0.3
`;

describe('a failing check of the API reports', () => {
  it.each([
    [
      'stale',
      'Warning: You have changed the API signature for this project. Please copy the file',
      'The public face of packages/kube is not what its report says.',
    ],
    [
      'missing',
      'Warning: The API report file is missing. Please copy the file',
      'The public face of packages/kube is not what its report says.',
    ],
    [
      'warning of a type that is not exported',
      'Error: The API Report for packages/kube is not allowed to have warnings',
      'The report of packages/kube has warnings',
    ],
    ['broken', 'Error: something else', 'Error: something else'],
  ])('that is %s names the package and the command', (_, line, sentence) => {
    const text = explainApiReports(`${upToKube}${line}\n`);
    expect(text).toContain(sentence);
    expect(text).toContain('packages/kube');
    expect(text).not.toContain('plugins/paas ');
    expect(text).toContain('Run: yarn api-reports');
  });

  it('before any package shows what happened', () => {
    expect(explainApiReports('command not found: yarn\n')).toContain(
      'command not found: yarn',
    );
  });
});
