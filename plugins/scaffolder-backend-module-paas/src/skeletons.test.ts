import {
  ComponentEntityV1alpha1,
  componentEntityV1alpha1Validator,
  EntityPolicies,
  FieldFormatEntityPolicy,
  NoForeignRootFieldsEntityPolicy,
  SchemaValidEntityPolicy,
} from '@backstage/catalog-model';
import { checkApplication } from '@understage/plugin-paas-common';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import {
  filesOf,
  skeletonOf,
  startRenderer,
} from './__testUtils__/renderSkeleton';

const run = promisify(execFile);

// What people may write: none of it is evaluated, and all of it arrives.
const hostile =
  'Says "hello" ${{ 7 * 7 }} {{ 7 * 7 }} {% raw %} ${{ secrets.backstageToken | dump }}: # yes';

/** As the catalog looks at an entity that it takes in. */
const policies = EntityPolicies.allOf([
  new SchemaValidEntityPolicy(),
  new NoForeignRootFieldsEntityPolicy(),
  new FieldFormatEntityPolicy(),
]);

let renderer: Awaited<ReturnType<typeof startRenderer>>;
beforeAll(async () => {
  renderer = await startRenderer();
}, 60_000);
afterAll(() => renderer?.stop());

/** Environment for programs that are not of this test. */
function environment() {
  const { NODE_OPTIONS, ...env } = process.env;
  return env;
}

describe.each(['new-nodejs-service', 'new-static-site'])(
  'the files of %s, rendered by the scaffolder',
  template => {
    let made: string;
    beforeAll(async () => {
      made = await renderer.render(template, hostile);
    }, 60_000);
    afterAll(() => fs.rmSync(made, { recursive: true }));
    const text = (file: string) =>
      fs.readFileSync(path.join(made, file), 'utf8');

    it('are as they were', async () => {
      const plain = await renderer.render(template, 'Says hello');
      const tree = filesOf(plain).map(file => [
        file,
        fs.readFileSync(path.join(plain, file), 'utf8'),
      ]);
      fs.rmSync(plain, { recursive: true });
      expect(filesOf(made)).toEqual(filesOf(skeletonOf(template)));
      expect(Object.fromEntries(tree)).toMatchSnapshot();
    });

    it('S16: hold what was written as it was written', () => {
      const application = parse(text('application.yaml'));
      expect(application.spec.description).toBe(hostile);
      const entity = parse(text('catalog-info.yaml'));
      expect(entity.metadata.description).toBe(hostile);
      expect(text('docs/index.md')).toContain(hostile);
    });

    it('are an Application without a problem', () => {
      const checked = checkApplication(parse(text('application.yaml')));
      expect(checked).toMatchObject({ ok: true, warnings: [] });
    });

    it('are an entity that the catalog takes', async () => {
      const entity: ComponentEntityV1alpha1 = parse(text('catalog-info.yaml'));
      await expect(policies.enforce(entity)).resolves.toEqual(entity);
      await expect(
        componentEntityV1alpha1Validator.check(entity),
      ).resolves.toBe(true);
      expect(entity.spec.owner).toBe('group:default/team-shop');
    });
  },
);

describe('a new Node.js service', () => {
  let made: string;
  beforeAll(async () => {
    made = await renderer.render('new-nodejs-service', hostile);
  }, 60_000);
  afterAll(() => fs.rmSync(made, { recursive: true }));

  it('passes its own tests', async () => {
    const options = { cwd: made, env: environment() };
    const { stdout } = await run(process.execPath, ['--test'], options);
    expect(stdout).toMatch(/pass 2/);
  });

  it('has everything that its image is built of, and nothing to install', () => {
    const lines = fs
      .readFileSync(path.join(made, 'Containerfile'), 'utf8')
      .split('\n');
    const copied = lines
      .map(line => /^COPY (\S+)/.exec(line)?.[1])
      .filter(file => file !== undefined);
    expect(copied).toEqual(['package.json', 'src']);
    for (const file of copied) {
      expect(fs.existsSync(path.join(made, file))).toBe(true);
    }
    const { dependencies = {} } = JSON.parse(
      fs.readFileSync(path.join(made, 'package.json'), 'utf8'),
    );
    expect(dependencies).toEqual({});
    expect(lines).toContain('CMD ["node", "src/main.js"]');
    expect(lines).toContain('USER node');
  });

  it('starts as its image does, and ends when it is told to', async () => {
    const child = spawn(process.execPath, ['src/main.js'], {
      cwd: made,
      env: { ...environment(), PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exited = once(child, 'exit');
    const [line] = await once(child.stdout, 'data');
    expect(String(line)).toMatch(/^listening on/);
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
