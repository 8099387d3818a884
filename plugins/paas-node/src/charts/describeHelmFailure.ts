import { HelmResult } from './runHelm';
import { plainText } from './plainText';

const noise = [
  /^Error: /,
  /\s*Use --debug flag to render out invalid YAML\s*$/,
  /^(?:INSTALLATION FAILED|template|execution error at \(([^)]*)\)): /,
];

/**
 * Helm's message for a person who knows the chart and not this machine: without paths of the temporary directory,
 * without helm's own wrapping, on one line, cut at 500 characters.
 */
export function cleanHelmMessage(
  stderr: string,
  paths: readonly string[],
): string {
  let text = plainText(stderr)
    .split('\n')
    .filter(line => !/^(?:WARNING|level=|time=|I\d{4}|W\d{4})/.test(line))
    .join('\n')
    .trim();
  for (const path of paths)
    text = text.split(`${path}/`).join('').split(path).join('the chart');
  text = text.replace(noise[0], '').replace(noise[1], '');
  const at = noise[2].exec(text);
  text = text.replace(noise[2], '');
  if (at?.[1]) text = `${text} (${at[1]})`;
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 500 ? line : `${line.slice(0, 497)}...`;
}

/** One sentence for a run of helm that did not end well. */
export function describeHelmFailure(
  result: HelmResult,
  limits: {
    readonly timeoutMs: number;
    readonly maxOutputBytes: number;
    readonly paths: readonly string[];
  },
): string {
  if (result.ended === 'timeout') {
    return `rendering took longer than ${
      limits.timeoutMs / 1000
    } s and was stopped`;
  }
  if (result.ended === 'output') {
    return `it renders more than ${limits.maxOutputBytes} bytes`;
  }
  if (/out of memory|cannot allocate memory/.test(result.stderr)) {
    return 'rendering it takes more memory than a chart may have';
  }
  const message = cleanHelmMessage(result.stderr, limits.paths);
  return message === '' ? `helm ended with code ${result.code}` : message;
}
