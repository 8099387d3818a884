import { platformSettings, readPlatformConfig } from './readPlatformConfig';

function problemsOf(value: unknown): readonly string[] {
  const checked = readPlatformConfig(value);
  return checked.ok
    ? []
    : checked.problems.map(({ path, message }) => `${path}: ${message}`);
}

describe('the configuration of the platform', () => {
  it.each([undefined, null, {}])('may be left out: %j', value => {
    expect(readPlatformConfig(value)).toEqual({
      ok: true,
      warnings: [],
      value: {
        images: {},
        chartRepositories: {},
        expose: { kind: 'Ingress' },
        releases: { history: 10 },
      },
    });
  });

  it('becomes the settings that rendering depends on', () => {
    const checked = readPlatformConfig({
      images: {
        convention:
          'harbor.example.com/{tenant}/{application}-{component}:latest',
      },
      chartRepositories: {
        bitnami: { url: 'https://charts.example.com/bitnami' },
        ours: { url: 'oci://registry.example.com/charts' },
      },
      expose: {
        kind: 'HTTPRoute',
        gateway: { namespace: 'gateways', name: 'public' },
      },
      monitoringNamespace: 'monitoring',
      releases: { history: 3 },
    });
    expect(checked.ok && platformSettings(checked.value)).toEqual({
      imageConvention:
        'harbor.example.com/{tenant}/{application}-{component}:latest',
      expose: {
        kind: 'HTTPRoute',
        gateway: { namespace: 'gateways', name: 'public' },
      },
      monitoringNamespace: 'monitoring',
    });
    expect(checked.ok && checked.value.releases.history).toBe(3);
  });

  it.each<[unknown, string]>([
    [
      [],
      'paas: `paas` is a list; it has to be a map with the fields images, chartRepositories, expose, monitoringNamespace and releases.',
    ],
    [
      { image: {} },
      'paas.image: Unknown field `image`: did you mean `images`?',
    ],
    [
      { images: { convention: 'a/{tenat}/{component}' } },
      'paas.images.convention: `images.convention` has the unknown placeholder {tenat}: did you mean {tenant}?',
    ],
    [
      { images: { convention: 'a/{x}' } },
      'paas.images.convention: `images.convention` has the unknown placeholder {x}: known are {tenant}, {application} and {component}.',
    ],
    [
      { images: { convention: 'a/{component' } },
      'paas.images.convention: `images.convention` is "a/{component"; it has to be an image reference with {tenant}, {application} and {component} in it, without spaces.',
    ],
    [
      { chartRepositories: { 'My Repo': { url: 'https://a.example.com' } } },
      'paas.chartRepositories["My Repo"]: The alias "My Repo" of a chart repository has to be lower-case letters, digits and -, as in `chart: alias/name`.',
    ],
    [
      { chartRepositories: { a: 'https://a.example.com' } },
      'paas.chartRepositories.a: `a` is the text "https://a.example.com"; it has to be a map with the fields url, hosts and plainHttp.',
    ],
    [
      { chartRepositories: { a: { url: 'file:///charts' } } },
      'paas.chartRepositories.a.url: `url` is "file:///charts"; it has to be an address that begins with https://, http:// or oci://.',
    ],
    [
      {
        chartRepositories: { a: { url: 'https://user:secret@a.example.com' } },
      },
      'paas.chartRepositories.a.url: `url` of the chart repository `a` holds credentials: leave them out, configuration is shown to users.',
    ],
    [
      { chartRepositories: { a: { url: 'https://${CHARTS}' } } },
      'paas.chartRepositories.a.url: `url` of the chart repository `a` is "https://${CHARTS}": the environment variable in it was not filled in.',
    ],
    [
      { expose: { kind: 'Route' } },
      'paas.expose.kind: `kind` is "Route"; it has to be one of Ingress or HTTPRoute.',
    ],
    [
      { expose: { kind: 'HTTPRoute' } },
      'paas.expose.gateway: `gateway` is missing; it has to be a map with the fields namespace and name.',
    ],
    [
      { releases: { history: 0 } },
      'paas.releases.history: `history` is the number 0; it has to be a whole number from 1 to 100.',
    ],
  ])('is refused with its place: %j', (value, sentence) => {
    expect(problemsOf(value)).toEqual([sentence]);
  });

  it('S27: never repeats a secret', () => {
    expect(
      JSON.stringify(
        readPlatformConfig({
          chartRepositories: {
            a: { url: 'https://user:hunter2@a.example.com' },
          },
        }),
      ),
    ).not.toContain('hunter2');
  });

  it('warns of a convention that gives every component one image', () => {
    const checked = readPlatformConfig({
      images: { convention: 'a/{tenant}:latest' },
    });
    expect(
      checked.ok && checked.warnings.map(({ message }) => message),
    ).toEqual([
      '`images.convention` does not name {component}: all components would get the same image.',
    ]);
  });
});
