import { z } from 'zod';
import { exitCodes } from '../exitCodes';
import { Finding, Verdict } from '../doctor/Check';
import { runChecks } from '../doctor/runChecks';
import { Tone } from '../output/Printer';
import { outputFormats, printStructured } from '../output/structured';
import { defineVerb } from '../Verb';

const marks: Readonly<Record<Verdict, { mark: string; tone: Tone }>> = {
  ok: { mark: 'ok     ', tone: 'good' },
  problem: { mark: 'problem', tone: 'bad' },
  unknown: { mark: 'unknown', tone: 'warn' },
  skipped: { mark: 'skipped', tone: 'quiet' },
};

function codeOf(findings: readonly Finding[]) {
  if (
    findings.some(
      each => each.check === 'cluster' && each.verdict === 'problem',
    )
  ) {
    return exitCodes.unreachable;
  }
  return findings.some(({ verdict }) => verdict === 'problem')
    ? exitCodes.refused
    : exitCodes.done;
}

export const doctor = defineVerb({
  name: 'doctor',
  operands: [],
  summary: 'Check that everything an application needs is in place',
  description:
    'Check the way from this machine to a running application: cluster, resource definition, operator, namespace, deployer, and what charts need here. Writes nothing. What you may not look at is "unknown", not a problem.',
  examples: [
    ['paas doctor', "For the context's namespace"],
    ['paas doctor -n shop --context production', 'For another one'],
  ],
  options: [
    {
      flags: '-o, --output <format>',
      help: 'how to print',
      choices: outputFormats,
      fallback: 'table',
    },
  ],
  schema: z.object({ output: z.enum(outputFormats) }),
  async run(context, { options }) {
    const findings = await runChecks(context);
    if (printStructured(context.out, options.output, findings)) {
      return codeOf(findings);
    }
    for (const { check, verdict, message } of findings) {
      const { mark, tone } = marks[verdict];
      context.out.line(
        { text: mark, tone },
        `  ${check.padEnd(10)}  ${message}`,
      );
    }
    return codeOf(findings);
  },
});
