import { PlatformSettings } from '../domain/desired';
import { Checked } from '../domain/problem';
import { dnsLabel } from '../schema/fieldTypes';
import { Field, fieldModel } from '../schema/fieldModel';
import { PlatformConfig } from '../schema/PlatformConfig';
import { platformConfigSchema } from '../schema/platformSchema';
import { explainIssue } from './explainIssue';
import { shorten } from './describeValue';
import { FieldPath } from './fieldPath';
import { Finding, Locate, toProblems } from './finding';
import { inspectValue } from './inspectValue';
import { nearestName } from './nearestName';

const placeholders = ['tenant', 'application', 'component'];
const root = 'paas';
let model: Field | undefined;

function checkConvention(convention: string | undefined): readonly Finding[] {
  if (convention === undefined) return [];
  const path: FieldPath = ['images', 'convention'];
  const unknown = [...convention.matchAll(/\{([^{}]*)\}/g)]
    .map(([, name]) => name)
    .find(name => !placeholders.includes(name));
  const known = '{tenant}, {application} and {component}';
  if (unknown !== undefined) {
    const suggestion = nearestName(unknown, placeholders);
    const hint =
      suggestion === undefined
        ? `known are ${known}.`
        : `did you mean {${suggestion}}?`;
    return [
      {
        path,
        found: `{${unknown}}`,
        allowed: known,
        ...(suggestion !== undefined && { suggestion: `{${suggestion}}` }),
        message: `\`images.convention\` has the unknown placeholder {${unknown}}: ${hint}`,
      },
    ];
  }
  const rest = convention.replace(/\{[^{}]*\}/g, 'x');
  if (/[{}\s]/.test(rest))
    return [
      {
        path,
        found: convention,
        message: `\`images.convention\` is "${convention}"; it has to be an image reference with ${known} in it, without spaces.`,
      },
    ];
  return convention.includes('{component}')
    ? []
    : [
        {
          path,
          found: convention,
          warning: true,
          message:
            '`images.convention` does not name {component}: all components would get the same image.',
        },
      ];
}

function checkAlias(alias: string): readonly Finding[] {
  if (dnsLabel.safeParse(alias).success) return [];
  return [
    {
      path: ['chartRepositories', alias],
      part: 'key',
      found: alias,
      message: `The alias "${shorten(
        alias,
      )}" of a chart repository has to be lower-case letters, digits and -, as in \`chart: alias/name\`.`,
    },
  ];
}

function checkRepository(alias: string, url: string): readonly Finding[] {
  const path: FieldPath = ['chartRepositories', alias, 'url'];
  if (url.includes('${'))
    return [
      {
        path,
        found: url,
        message: `\`url\` of the chart repository \`${alias}\` is "${url}": the environment variable in it was not filled in.`,
      },
    ];
  if (!URL.canParse(url))
    return [
      {
        path,
        found: url,
        message: `\`url\` of the chart repository \`${alias}\` is "${url}", which is no address.`,
      },
    ];
  const { username, password } = new URL(url);
  if (username === '' && password === '') return [];
  // What was found stays out of the message: it is a secret.
  return [
    {
      path,
      message: `\`url\` of the chart repository \`${alias}\` holds credentials: leave them out, configuration is shown to users.`,
    },
  ];
}

function checkConfig(config: PlatformConfig): readonly Finding[] {
  return [
    ...checkConvention(config.images.convention),
    ...Object.entries(config.chartRepositories).flatMap(([alias, { url }]) => [
      ...checkAlias(alias),
      ...checkRepository(alias, url),
    ]),
  ];
}

function placed(findings: readonly Finding[]): readonly Finding[] {
  return findings.map(finding => ({
    ...finding,
    path: [root, ...finding.path],
  }));
}

/** Reads the section `paas` of a configuration (nothing at all is fine: every setting has a default). Paths begin with `paas`. */
export function readPlatformConfig(
  value: unknown,
  locate?: Locate,
): Checked<PlatformConfig> {
  const section = value ?? {};
  const { findings: unfit, stop } = inspectValue(section);
  if (stop || unfit.length > 0)
    return { ok: false, problems: toProblems(placed(unfit), locate) };
  const parsed = platformConfigSchema.safeParse(section);
  if (!parsed.success) {
    model ??= fieldModel(platformConfigSchema, root);
    const known = model;
    return {
      ok: false,
      problems: toProblems(
        parsed.error.issues.flatMap(issue =>
          explainIssue(issue, {
            model: known,
            document: section,
            base: [root],
          }),
        ),
        locate,
      ),
    };
  }
  const findings = placed(checkConfig(parsed.data));
  const problems = toProblems(
    findings.filter(({ warning }) => !warning),
    locate,
  );
  if (problems.length > 0) return { ok: false, problems };
  return {
    ok: true,
    value: parsed.data,
    warnings: toProblems(
      findings.filter(({ warning }) => warning),
      locate,
    ),
  };
}

/** The part of the configuration that rendering depends on. */
export function platformSettings(config: PlatformConfig): PlatformSettings {
  const { images, expose, monitoringNamespace } = config;
  return {
    expose,
    ...(images.convention !== undefined && {
      imageConvention: images.convention,
    }),
    ...(monitoringNamespace !== undefined && { monitoringNamespace }),
  };
}
