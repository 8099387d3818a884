import {
  ApplicationDetail,
  ObjectNode,
  PaasClientError,
  PodContainer,
} from '@understage/plugin-paas-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Router } from '../Router';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import {
  findAccessibilityFaults,
  renderView,
} from '../__testUtils__/renderView';
import { sampleDetail } from '../__testUtils__/samples';

const path = '/paas/local/team-shop/user-service';
const source = { pod: 'web-1', container: 'web' };

function container(changes: Partial<PodContainer> = {}): PodContainer {
  return {
    name: 'web',
    state: 'running',
    restarts: 0,
    failing: false,
    started: true,
    ranBefore: false,
    ...changes,
  };
}

function pod(
  name: string,
  containers: readonly PodContainer[],
  changes: Partial<ObjectNode> = {},
): ObjectNode {
  return {
    ref: { apiVersion: 'v1', kind: 'Pod', namespace: 'team-shop', name },
    uid: name,
    component: 'frontend',
    state: 'Ready',
    message: 'is ready',
    createdAt: '2026-11-20T11:30:00Z',
    containers,
    children: [],
    ...changes,
  };
}

function platform(
  tree: readonly ObjectNode[] = [pod('web-1', [container()])],
  changes: Partial<ApplicationDetail> = {},
) {
  const api = new FakePaasApi();
  api.put(sampleDetail({ tree, ...changes }));
  return api;
}

async function open(api: FakePaasApi, at = '/logs') {
  const view = renderView(<Router />, { api, at: `${path}${at}` });
  await screen.findByRole('heading', { name: 'user-service' });
  return view;
}

async function openReading(api: FakePaasApi, at = '/logs') {
  const view = await open(api, at);
  await screen.findByText(/Live\./);
  return view;
}

const say = (api: FakePaasApi, ...texts: string[]) =>
  act(() =>
    api.sendLog({
      type: 'lines',
      ...source,
      lines: texts.map((text, index) => ({
        at: `2026-11-20T12:00:00.${String(index).padStart(9, '0')}Z`,
        text,
      })),
    }),
  );
const lines = () => screen.findByRole('region', { name: 'Log lines' });

describe('the Logs tab', () => {
  // jsdom has no layout: the list is told that it is 600 pixels high.
  beforeEach(() => {
    jest.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  });
  afterEach(() => jest.restoreAllMocks());

  it('begins with the container that fails, and follows it', async () => {
    const failing = container({ failing: true, ranBefore: true });
    const api = platform([
      pod('web-1', [container()]),
      pod('web-2', [container({ name: 'sidecar' }), failing]),
    ]);
    await openReading(api);

    expect(api.logQueries).toEqual([
      {
        pod: 'web-2',
        container: 'web',
        follow: true,
        previous: false,
        tailLines: 500,
      },
    ]);
    expect(screen.getByRole('button', { name: /Pod/ })).toHaveTextContent(
      'web-2 (failing)',
    );
  });

  it('shows lines as they come, with their times', async () => {
    const api = platform();
    await openReading(api);
    say(api, 'listening', 'GET /items 200');

    const box = await lines();
    expect(await within(box).findByText('GET /items 200')).toBeInTheDocument();
    expect(within(box).getByText('listening')).toBeInTheDocument();
    expect(screen.getByText(/2 lines/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('switch', { name: 'Times' }));
    expect(within(box).queryAllByText(/:00:00\.000/)).toEqual([]);
  });

  it('finds text, goes from hit to hit with Enter, and tells how many there are', async () => {
    const api = platform();
    await openReading(api);
    say(api, 'one GET', 'two', 'three get');
    await lines();

    const search = screen.getByRole('searchbox', {
      name: 'Search in the lines',
    });
    await userEvent.type(search, 'get');
    expect(await screen.findByText('2 hits')).toBeInTheDocument();
    await userEvent.type(search, '{Enter}');
    expect(screen.getByText('1 of 2')).toBeInTheDocument();
    await userEvent.type(search, '{Enter}');
    expect(screen.getByText('2 of 2')).toBeInTheDocument();
    await userEvent.type(search, '{Shift>}{Enter}{/Shift}');
    expect(screen.getByText('1 of 2')).toBeInTheDocument();
  });

  it('stops following and takes it up again without losing a line', async () => {
    const api = platform();
    await openReading(api);
    say(api, 'one', 'two');
    await lines();

    await userEvent.click(screen.getByRole('switch', { name: 'Follow' }));
    await waitFor(() => expect(api.logQueries.at(-1)?.follow).toBe(false));
    act(() => api.sendLog({ type: 'end' }));
    expect(await screen.findByText(/Read to the end/)).toBeInTheDocument();

    await userEvent.click(screen.getByRole('switch', { name: 'Follow' }));
    await screen.findByText(/Live\./);
    say(api, 'one', 'two', 'three');
    expect(await screen.findByText(/3 lines/)).toBeInTheDocument();
    expect(api.openLogs).toBe(1);
  });

  it('shows the run before the restart, and says when there was none', async () => {
    const api = platform();
    await openReading(api);
    await userEvent.click(
      screen.getByRole('switch', { name: 'Before the restart' }),
    );
    expect(
      await screen.findByText(/has not been restarted/),
    ).toBeInTheDocument();
    expect(screen.getByRole('switch', { name: 'Follow' })).toBeDisabled();
  });

  it('tells containers apart when all pods are shown', async () => {
    const api = platform([
      pod('web-1', [container()]),
      pod('web-2', [container()]),
    ]);
    await openReading(api, '/logs?pod=all');
    expect(api.logQueries[0]).not.toHaveProperty('pod');
    say(api, 'one');
    const box = await lines();
    expect(await within(box).findByText('web-1 web')).toBeInTheDocument();
    act(() => api.sendLog({ type: 'reading', sources: [], left: 5 }));
    expect(
      await screen.findByText(/5 more containers are not shown/),
    ).toBeInTheDocument();
  });

  it('keeps what it read while it is interrupted, and says so', async () => {
    const api = platform();
    await openReading(api);
    say(api, 'one');
    await lines();
    act(() => api.interruptLogs('The network is gone.'));
    expect(
      await screen.findByText(/Interrupted: The network is gone\./),
    ).toBeInTheDocument();
    expect(screen.getByText('one')).toBeInTheDocument();
    act(() => api.interruptLogs());
    await waitFor(() =>
      expect(screen.queryByText(/Interrupted:/)).not.toBeInTheDocument(),
    );
  });

  it('says who can grant it when the logs may not be read', async () => {
    const api = platform();
    const message = 'You may not read logs in namespace team-shop.';
    api.fail('readLogs', new PaasClientError(message, { status: 403 }));
    await open(api);
    expect(await screen.findByText(message)).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: 'You may not see these logs' }),
    ).toBeInTheDocument();
  });

  it('says what failed, and tries again when asked', async () => {
    const api = platform();
    api.fail('readLogs', new Error('The backend is away.'));
    await open(api);
    expect(await screen.findByText('The backend is away.')).toBeInTheDocument();
    api.fail('readLogs', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/Live\./)).toBeInTheDocument();
  });

  it('says which container could not be read', async () => {
    const api = platform();
    await openReading(api);
    act(() =>
      api.sendLog({ type: 'problem', ...source, message: 'no such log' }),
    );
    expect(
      await screen.findByText('web-1 web: no such log'),
    ).toBeInTheDocument();
  });

  it('keeps the lines of a pod that goes, and offers the one that came', async () => {
    const api = platform();
    await openReading(api);
    say(api, 'last words');
    await lines();
    act(() => api.put(sampleDetail({ tree: [pod('web-2', [container()])] })));
    expect(await screen.findByText(/Pod web-1 is gone/)).toBeInTheDocument();
    expect(screen.getByText('last words')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show web-2' }));
    await waitFor(() => expect(api.logQueries.at(-1)?.pod).toBe('web-2'));
  });

  it('waits for a container to start, asking nothing', async () => {
    const waiting = container({ state: 'waiting', started: false });
    const api = platform([pod('web-1', [waiting])]);
    await open(api);
    expect(
      await screen.findByText(/Nothing has started yet/),
    ).toBeInTheDocument();
    expect(api.logQueries).toEqual([]);
    act(() => api.put(sampleDetail({ tree: [pod('web-1', [container()])] })));
    expect(await screen.findByText(/Live\./)).toBeInTheDocument();
  });

  it('says what is to come where there is no pod at all', async () => {
    await open(platform([]));
    expect(
      await screen.findByRole('heading', { name: 'No containers yet' }),
    ).toBeInTheDocument();
  });

  it('is reached from the cause of trouble and from a pod', async () => {
    const failing = container({ failing: true, ranBefore: true });
    await open(platform([pod('web-1', [failing])]), '');
    expect(
      await screen.findByRole('link', { name: 'Show logs of web' }),
    ).toHaveAttribute('href', `${path}/logs?pod=web-1&container=web`);
  });

  it('draws only the lines in sight, however many there are', async () => {
    const api = platform();
    await openReading(api);
    const many = Array.from({ length: 12_000 }, (_, at) => `line ${at}`);
    say(api, ...many);
    const box = await lines();
    expect(
      await screen.findByText(/10,000 lines, 2,000 older made room/),
    ).toBeInTheDocument();
    expect(box.querySelectorAll('[data-index]').length).toBeLessThan(200);
  });

  it('can be used by everybody', async () => {
    const api = platform();
    const view = await openReading(api);
    say(api, 'one', 'ERROR two');
    await lines();
    expect(await findAccessibilityFaults(view.container)).toEqual([]);
  });
});
