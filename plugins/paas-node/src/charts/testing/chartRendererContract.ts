/* eslint-disable jest/no-export -- a contract suite is a test that tests call */
import { ChartOutcome } from '@understage/plugin-paas-common';
import { ChartRenderer, ChartRequest } from '../ChartRenderer';

/** A renderer under test, over the repository `local` with the charts that the contract names. */
export interface ChartRendererFixture {
  readonly renderer: ChartRenderer;
  setReachable(reachable: boolean): void;
  stop(): Promise<void>;
}

const base: ChartRequest = {
  chart: 'local/web',
  values: {},
  releaseName: 'shop-web',
  namespace: 'team',
};

/** The template of `web`: what the values say, as text, and the release. */
export const webTemplate = `apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  greeting: {{ .Values.greeting | default "hello" | quote }}
  version: {{ .Chart.Version | quote }}
`;

/** The failure of an outcome, or an error saying that there is none. */
export function failureOf(outcome: ChartOutcome): {
  reason: string;
  message: string;
} {
  if (outcome.kind === 'failed') {
    return { reason: outcome.reason, message: outcome.message };
  }
  throw new Error(`it rendered ${outcome.chart.objects.length} objects`);
}

/**
 * What every chart renderer does. The fixture offers `local/web` in the versions 1.0.0, 1.1.0 and 2.0.0-rc.1 (see
 * `webTemplate`), and `local/broken` 1.0.0, which fails with "set greeting first".
 */
export function describeChartRenderer(
  name: string,
  start: () => Promise<ChartRendererFixture>,
): void {
  describe(`${name} as a chart renderer`, () => {
    let fixture: ChartRendererFixture;
    beforeEach(async () => {
      fixture = await start();
    });
    afterEach(() => fixture.stop());
    const render = (request: Partial<ChartRequest> = {}) =>
      fixture.renderer.render({ ...base, ...request });

    it('renders the newest stable version into the namespace', async () => {
      const outcome = await render({ values: { greeting: 'moin' } });
      expect(outcome).toMatchObject({
        kind: 'rendered',
        chart: {
          chart: 'local/web',
          version: '1.1.0',
          digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
          objects: [
            {
              apiVersion: 'v1',
              kind: 'ConfigMap',
              metadata: { name: 'shop-web', namespace: 'team' },
              data: { greeting: 'moin', version: '1.1.0' },
            },
          ],
        },
      });
    });

    it('renders the same twice', async () => {
      expect(await render()).toEqual(await render());
    });

    it('takes the version asked for, and says which digest it has', async () => {
      const [old, current] = [
        await render({ version: '1.0.x' }),
        await render(),
      ];
      expect(old).toMatchObject({ chart: { version: '1.0.0' } });
      if (old.kind !== 'rendered' || current.kind !== 'rendered') {
        throw new Error('not rendered');
      }
      expect(old.chart.digest).not.toBe(current.chart.digest);
    });

    it.each([
      ['{{ .Release.Name }}'],
      ['a,b=c'],
      ['line\nline'],
      ['"quoted" \'twice\''],
      ['$(id)'],
      ['\u0000'],
    ])('S21: takes the value %j as text', async greeting => {
      const outcome = await render({ values: { greeting } });
      expect(outcome).toMatchObject({
        chart: { objects: [{ data: { greeting } }] },
      });
    });

    it.each([
      [{ chart: 'local/wob' }, 'ChartNotFound', 'did you mean local/web?'],
      [{ chart: 'local/..' }, 'ChartNotFound', 'is not a chart'],
      [{ chart: 'elsewhere/web' }, 'RepositoryUnknown', 'known are local'],
      [{ chart: 'web' }, 'RepositoryUnknown', 'names no repository'],
      [
        { version: '9.9.9' },
        'ChartNotFound',
        'the newest are 2.0.0-rc.1, 1.1.0',
      ],
      [{ version: '/../' }, 'ChartNotFound', 'is not a version'],
      [{ chart: 'local/broken' }, 'ChartFailed', 'set greeting first'],
    ])('answers %j with %s', async (request, reason, sentence) => {
      const failure = failureOf(await render(request));
      expect(failure.reason).toBe(reason);
      expect(failure.message).toContain(sentence);
    });

    it('says when the repository does not answer, and goes on when it does again', async () => {
      fixture.setReachable(false);
      expect(failureOf(await render()).reason).toBe('RepositoryUnreachable');
      fixture.setReachable(true);
      expect((await render()).kind).toBe('rendered');
    });

    it('is stopped by its caller', async () => {
      const signal = AbortSignal.abort(new Error('enough'));
      await expect(render({ signal })).rejects.toThrow('enough');
    });
  });
}
