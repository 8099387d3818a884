const advice =
  'Run: yarn api-reports, and commit each report.api.md that changes: its diff shows reviewers what users of the package will notice.';

/**
 * What is wrong with the API reports, from the output of backstage-repo-tools: which package, why, what to do. Its own
 * advice names a script that this repository does not have.
 */
export function explainApiReports(output: string): string {
  const name = output.split('## Processing ').at(-1)?.split('\n')[0] ?? '';
  if (!output.includes('## Processing ')) {
    return `${lastLines(output)}\n${advice}`;
  }
  if (
    /You have changed the API signature|report file is missing/.test(output)
  ) {
    return `The public face of ${name} is not what its report says.\n${advice}`;
  }
  if (output.includes('is not allowed to have warnings')) {
    return `The report of ${name} has warnings, most likely a type that is spoken of and not exported: search it for "Warning:".\n${advice}`;
  }
  return `${name}: ${lastLines(output)}\n${advice}`;
}

function lastLines(output: string): string {
  return output.trimEnd().split('\n').slice(-40).join('\n');
}
