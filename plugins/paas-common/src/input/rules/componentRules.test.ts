import { checkApplication } from '../checkApplication';

type Json = Readonly<Record<string, unknown>>;

function problemsOf(component: Json): readonly string[] {
  const checked = checkApplication({
    apiVersion: 'paas/v1',
    kind: 'Application',
    metadata: { name: 'shop' },
    spec: { components: [{ name: 'web', type: 'Deployment', ...component }] },
  });
  return checked.ok
    ? []
    : checked.problems.map(
        ({ path, message }) =>
          `${path.replace('spec.components[0].', '')}: ${message}`,
      );
}

const http = { name: 'http', port: 8080 };

describe('ports', () => {
  it.each<[string, Json, string]>([
    [
      'given twice',
      { ports: [{ port: 80 }, { port: 80 }] },
      'ports[1]: The port `80/TCP` is given twice: first in spec.components[0].ports[0].',
    ],
    [
      'of one name',
      { ports: [http, { name: 'http', port: 81 }] },
      'ports[1]: The port name `http` is given twice: first in spec.components[0].ports[0]. Give each port a `name` of its own.',
    ],
    [
      'of one number and no names',
      { ports: [{ port: 53 }, { port: 53, protocol: 'UDP' }] },
      'ports[1]: The port name `p53` is given twice: first in spec.components[0].ports[0]. Give each port a `name` of its own.',
    ],
    [
      'probed, not declared',
      { ports: [http], probes: { liveness: { port: 81 } } },
      'probes.liveness.port: `port` is 81, which the component does not declare: `ports` has 8080 (http).',
    ],
    [
      'probed by default, none declared',
      { probes: { readiness: { path: '/' } } },
      'probes.readiness: `readiness` has nothing to probe: the component declares no ports. Add one to `ports`, or give the probe a `command`.',
    ],
    [
      'probed in two ways',
      { ports: [http], probes: { startup: { path: '/', command: ['x'] } } },
      'probes.startup.path: `startup` has both `command` and `path`: a probe runs a command or opens a connection, not both.',
    ],
    [
      'of metrics, not declared',
      { ports: [http], metrics: { port: 9090 } },
      'metrics.port: `port` is 9090, which the component does not declare: `ports` has 8080 (http).',
    ],
    [
      'of metrics, none declared',
      { metrics: { port: 9090 } },
      'metrics.port: `port` is 9090, but the component declares no ports: add `{ port: 9090 }` to `ports`.',
    ],
    [
      'exposed, none declared',
      { expose: { host: 'a.example.com' } },
      'expose: `expose` makes the first port reachable, but the component declares none: add it to `ports`.',
    ],
    [
      'exposed, not TCP',
      {
        ports: [{ port: 53, protocol: 'UDP' }],
        expose: { host: 'a.example.com' },
      },
      'expose: `expose` serves HTTP, but the first port 53 is UDP: put a TCP port first.',
    ],
    [
      'exposed under an address',
      { ports: [http], expose: { host: '10.0.0.1' } },
      'expose.host: `expose.host` is 10.0.0.1; it has to be a host name, not an address.',
    ],
  ])('%s', (_, component, sentence) => {
    expect(problemsOf(component)).toEqual([sentence]);
  });
});

describe('variables', () => {
  it.each<[Json[], string]>([
    [
      [{ name: 'A' }],
      'env[0]: `A` has no value: give it one of `value`, `secretRef` and `configRef`.',
    ],
    [
      [
        {
          name: 'A',
          secretRef: { name: 'bank.release-3', key: 'values.json' },
        },
      ],
      'env[0].secretRef.name: `A` takes its value from the Secret "bank.release-3", which is not an application\'s to use: it is where the platform keeps the secret values of a release.',
    ],
    [
      [
        {
          name: 'A',
          secretRef: { name: 'understage-deployer-token-x', key: 'token' },
        },
      ],
      'env[0].secretRef.name: `A` takes its value from the Secret "understage-deployer-token-x", which is not an application\'s to use: it belongs to understage-deployer, which may write everything in the namespace.',
    ],
    [
      [{ name: 'A', value: '', secretRef: { name: 's', key: 'k' } }],
      'env[0]: `A` has `value` and `secretRef`: keep one of them.',
    ],
    [
      [
        { name: 'A', value: '1' },
        { name: 'A', value: '2' },
      ],
      'env[1].name: The variable `A` is given twice: first in spec.components[0].env[0].name.',
    ],
  ])('%j', (env, sentence) => {
    expect(problemsOf({ env })).toEqual([sentence]);
  });
});

describe('resources', () => {
  const amount = 'an amount with its unit, from 1Mi to 1Pi';
  const cores = 'CPU cores, from 1m (a thousandth) to 10000';
  it.each<[Json, string]>([
    [
      { limits: { cpu: 1e9 } },
      `limits.cpu: \`cpu\` is 1000000000; it has to be ${cores}.`,
    ],
    [
      { limits: { cpu: '1e9' } },
      'limits.cpu: `cpu` is "1e9"; it has to be CPU cores such as 500m, 2 or 1.5, from 1m to 10000.',
    ],
    [
      { limits: { cpu: 0 } },
      `limits.cpu: \`cpu\` is 0; it has to be ${cores}.`,
    ],
    [
      { limits: { cpu: 1e-7 } },
      `limits.cpu: \`cpu\` is 1e-7; it has to be ${cores}.`,
    ],
    [
      { limits: { cpu: -1 } },
      'limits.cpu: `cpu` is the number -1; it has to be CPU cores such as 500m, 2 or 1.5, from 1m to 10000.',
    ],
    [
      { limits: { cpu: [] } },
      'limits.cpu: `cpu` is a list; it has to be CPU cores such as 500m, 2 or 1.5, from 1m to 10000.',
    ],
    [
      { limits: { memory: 512 } },
      `limits.memory: \`memory\` is 512; it has to be ${amount}. Did you mean \`512Mi\`?`,
    ],
    [
      { limits: { memory: '400m' } },
      `limits.memory: \`memory\` is 400m; it has to be ${amount}. Did you mean \`400Mi\`?`,
    ],
    [
      { limits: { memory: '4GB' } },
      'limits.memory: `memory` is "4GB"; it has to be an amount with its unit such as 512Mi or 4Gi, from 1Mi to 1Pi.',
    ],
    [
      { limits: { memory: '2Ei' } },
      `limits.memory: \`memory\` is 2Ei; it has to be ${amount}.`,
    ],
    [
      { limits: { memory: 1e21 } },
      `limits.memory: \`memory\` is 1e+21; it has to be ${amount}.`,
    ],
    [
      { limits: { 'nvidia.com/gpu': 0.5 } },
      'limits["nvidia.com/gpu"]: `nvidia.com/gpu` is 0.5; it has to be a whole number of devices from 0 to 1000.',
    ],
    [
      { requests: { cpu: '2' }, limits: { cpu: '1500m' } },
      'requests.cpu: `cpu` requests 2, more than its limit of 1500m. Raise the limit or request less.',
    ],
    [
      { requests: { memory: '1Gi' }, limits: { memory: '1G' } },
      'requests.memory: `memory` requests 1Gi, more than its limit of 1G. Raise the limit or request less.',
    ],
    [
      { requests: { 'nvidia.com/gpu': 1 } },
      'requests["nvidia.com/gpu"]: `nvidia.com/gpu` requests 1 and its limit is not set: devices are not shared, so both have to be equal. Leave the request out to use the limit.',
    ],
    [
      { requests: { 'nvidia.com/gpu': 1 }, limits: { 'nvidia.com/gpu': 2 } },
      'requests["nvidia.com/gpu"]: `nvidia.com/gpu` requests 1 and its limit is 2: devices are not shared, so both have to be equal. Leave the request out to use the limit.',
    ],
  ])('%j', (resources, sentence) => {
    expect(problemsOf({ resources })).toEqual([`resources.${sentence}`]);
  });

  it.each([
    { requests: { cpu: '1' }, limits: { cpu: '1000m' } },
    { requests: { 'nvidia.com/gpu': 4 }, limits: { 'nvidia.com/gpu': '4' } },
    { limits: { cpu: '10000', memory: '1Pi' } },
    { requests: { cpu: 0.5, memory: '1.5Gi' } },
  ])('accept %j', resources => {
    expect(problemsOf({ resources })).toEqual([]);
  });
});

describe('volumes and files', () => {
  const volume = (fields: Json = {}) => ({
    name: 'data',
    size: '1Gi',
    mountPath: '/data',
    ...fields,
  });
  const file = (path: string, content = '') => ({ path, content });
  it.each<[string, Json, string]>([
    [
      'volumes of one name',
      { volumes: [volume(), volume({ mountPath: '/b' })] },
      'volumes[1].name: The volume `data` is given twice: first in spec.components[0].volumes[0].name.',
    ],
    [
      'volumes in one place',
      { volumes: [volume(), volume({ name: 'b', mountPath: '/data/' })] },
      'volumes[1].mountPath: The path `/data/` is given twice: first in spec.components[0].volumes[0].mountPath.',
    ],
    [
      'a volume at a system directory',
      { volumes: [volume({ mountPath: '/proc/x' })] },
      'volumes[0].mountPath: `mountPath` is /proc/x, but /proc belongs to the system: choose another place.',
    ],
    [
      'a volume at the root',
      { volumes: [volume({ mountPath: '//' })] },
      'volumes[0].mountPath: `mountPath` is /, which would hide the whole image: name a directory.',
    ],
    [
      'a volume without size',
      { volumes: [volume({ size: 0 })] },
      'volumes[0].size: `size` is 0; it has to be an amount with its unit, from 1Mi to 1Ei.',
    ],
    [
      'a file given twice',
      { files: [file('/etc/a'), file('/etc//a')] },
      'files[1].path: The path `/etc//a` is given twice: first in spec.components[0].files[0].path.',
    ],
    [
      'a file that climbs',
      { files: [file('/etc/../a')] },
      'files[0].path: `path` is /etc/../a; it can not contain "..".',
    ],
    [
      'a file that is a directory',
      { files: [file('/etc/')] },
      'files[0].path: `path` is /etc/; it has to name a file, not a directory.',
    ],
    [
      'a file below a file',
      { files: [file('/etc/a'), file('/etc/a/b')] },
      'files[1].path: `path` is /etc/a/b, below /etc/a, which is a file of this component.',
    ],
    [
      'a relative path',
      { files: [file('etc/a')] },
      'files[0].path: `path` is "etc/a"; it has to be an absolute path such as /etc/app, without spaces and colons.',
    ],
    [
      'files larger than a ConfigMap',
      {
        files: [1, 2, 3, 4, 5].map(each =>
          file(`/etc/${each}`, 'x'.repeat(210_000)),
        ),
      },
      'files: The files of the component are 1050000 bytes together; a ConfigMap holds at most 1000000. Put large files into the image or a volume.',
    ],
  ])('%s', (_, component, sentence) => {
    expect(problemsOf(component)).toContain(sentence);
  });
});

describe('schedules', () => {
  const cron = (fields: Json) =>
    problemsOf({ type: 'CronJob', schedule: '* * * * *', ...fields });
  it.each([
    [
      '* * * *',
      'a cron expression has five fields (minute, hour, day of month, month, day of week), this one has 4.',
    ],
    [
      '0 * * * * *',
      'a cron expression has five fields (minute, hour, day of month, month, day of week), this one has 6; seconds are not known here.',
    ],
    ['@daily', 'short forms are not known here: write 0 0 * * *.'],
    [
      'TZ=UTC * * * * *',
      'write the time zone in `timeZone`, not in the schedule.',
    ],
    ['60 * * * *', 'the minute goes from 0 to 59, not 60.'],
    ['* * 0 * *', 'the day of month goes from 1 to 31, not 0.'],
    ['* * * * 7', 'the day of week goes from 0 to 6, not 7; Sunday is 0.'],
    [
      '* * * * MO',
      '"MO" is no day of week: write numbers or names such as MON.',
    ],
    ['x * * * *', '"x" is no minute.'],
    ['5-1 * * * *', 'the range 5-1 of the minute ends before it begins.'],
    [
      '*/0 * * * *',
      'the step in "*/0" of the minute has to be a whole number, at least 1.',
    ],
    ['0 0 31 2,4 *', 'no such day ever comes: the month is too short.'],
  ])('refuse %s', (schedule, sentence) => {
    expect(cron({ schedule })).toEqual([
      `schedule: \`schedule\` is "${schedule}": ${sentence}`,
    ]);
  });

  it.each([
    '*/5 * * * *',
    '15 2 * * *',
    '0 9-17/2 * jan-mar MON-FRI',
    '0 0 29 2 *',
    '0 0 31 2 1',
    '0,30 ? * * ?',
    ' 1  2 3 4 5 ',
  ])('accept %s', schedule => {
    expect(cron({ schedule })).toEqual([]);
  });

  it.each([
    [
      'Europe/Berln',
      'timeZone: `timeZone` is "Europe/Berln", which is no IANA time zone: did you mean `Europe/Berlin`?',
    ],
    [
      'europe/berlin',
      'timeZone: `timeZone` is "europe/berlin", which is no IANA time zone: did you mean `Europe/Berlin`?',
    ],
    [
      'Berlin',
      'timeZone: `timeZone` is "Berlin", which is no IANA time zone: did you mean `Europe/Berlin`?',
    ],
    [
      '+0100',
      'timeZone: `timeZone` is "+0100", which is no IANA time zone, such as Europe/Berlin.',
    ],
    [
      'Local',
      'timeZone: `timeZone` is "Local", which is no IANA time zone, such as Europe/Berlin.',
    ],
  ])('refuse the time zone %s', (timeZone, sentence) => {
    expect(cron({ timeZone })).toEqual([sentence]);
  });

  it.each(['UTC', 'Etc/UTC', 'Europe/Berlin', 'US/Pacific', 'Etc/GMT+5'])(
    'accept the time zone %s',
    timeZone => {
      expect(cron({ timeZone })).toEqual([]);
    },
  );
});
