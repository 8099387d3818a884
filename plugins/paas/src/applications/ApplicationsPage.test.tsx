import { PaasClientError } from '@understage/plugin-paas-common';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Router } from '../Router';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import {
  findAccessibilityFaults,
  renderView,
} from '../__testUtils__/renderView';
import { sampleSummary } from '../__testUtils__/samples';

const healthy = sampleSummary({ name: 'healthy' });
const failing = sampleSummary({
  name: 'failing',
  namespace: 'team-data',
  tenant: 'data',
  owner: 'group:default/team-data',
  cluster: 'east',
  state: 'Failed',
  reason: 'CrashLoop',
  message: 'api: container api exits with code 1.',
  replicas: { ready: 0, desired: 2 },
});

async function open(api: FakePaasApi, at?: string) {
  const view = renderView(<Router />, { api, at });
  await screen.findByRole('table', { name: 'Applications' });
  return view;
}

const rowNames = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getByRole('link').textContent);

describe('the Applications page', () => {
  let api: FakePaasApi;

  beforeEach(() => {
    api = new FakePaasApi([healthy, failing]);
  });

  it('shows what needs attention first, with its sentence', async () => {
    await open(api);

    expect(rowNames()).toEqual(['failing', 'healthy']);
    const [, first] = screen.getAllByRole('row');
    expect(first).toHaveTextContent('east / team-data');
    expect(first).toHaveTextContent('api: container api exits with code 1.');
    expect(first).toHaveTextContent('0/2');
  });

  it('leads from a name to its page', async () => {
    await open(api);

    expect(screen.getByRole('link', { name: 'failing' })).toHaveAttribute(
      'href',
      '/paas/east/team-data/failing',
    );
  });

  it('says how long ago a state changed, with the absolute time on hover', async () => {
    await open(api);

    const [time] = screen.getAllByText('30 minutes ago');
    expect(time).toHaveAttribute('title', expect.stringMatching(/2026/));
  });

  it('counts the states and narrows to those chosen', async () => {
    await open(api);

    await userEvent.click(screen.getByRole('button', { name: /^Failed 1$/ }));

    await waitFor(() => expect(rowNames()).toEqual(['failing']));
    expect(screen.getByRole('button', { name: /^Failed 1$/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect(
      screen.getByRole('button', { name: /^Ready 1$/ }),
    ).toBeInTheDocument();
  });

  it('reads what to show from its address', async () => {
    await open(api, '/paas?state=Ready&sort=name');

    expect(rowNames()).toEqual(['healthy']);
  });

  it('searches after a pause in typing', async () => {
    await open(api);

    await userEvent.type(screen.getByRole('searchbox'), 'heal');

    await waitFor(() => expect(rowNames()).toEqual(['healthy']));
  });

  it('sorts by a header, and says so to screen readers', async () => {
    await open(api);

    await userEvent.click(screen.getByRole('button', { name: 'Application' }));
    await userEvent.click(screen.getByRole('button', { name: 'Application' }));

    await waitFor(() => expect(rowNames()).toEqual(['healthy', 'failing']));
    expect(
      screen.getByRole('columnheader', { name: 'Application' }),
    ).toHaveAttribute('aria-sort', 'descending');
  });

  it('follows changes without asking again, every row in its place', async () => {
    await open(api);
    await screen.findByText('Live');

    act(() =>
      api.put({ ...healthy, state: 'Failed', message: 'api: out of memory.' }),
    );

    expect(await screen.findByText('api: out of memory.')).toBeInTheDocument();
    expect(rowNames()).toEqual(['failing', 'healthy']);
    expect(api.reads.lists).toBe(1);
  });

  it('offers to sort again when the order no longer holds', async () => {
    await open(api);
    await screen.findByText('Live');
    act(() =>
      api.put({ ...healthy, state: 'Failed', since: '2026-11-20T11:59:00Z' }),
    );

    await userEvent.click(
      await screen.findByRole('button', { name: /sort again/ }),
    );

    expect(rowNames()).toEqual(['healthy', 'failing']);
    expect(
      screen.queryByRole('button', { name: /sort again/ }),
    ).not.toBeInTheDocument();
  });

  it('announces a new application politely', async () => {
    await open(api);
    await screen.findByText('Live');

    act(() => api.put(sampleSummary({ name: 'newcomer' })));

    expect(await screen.findByText('New: newcomer.')).toHaveAttribute(
      'role',
      'status',
    );
    expect(screen.getByText('3 applications')).toBeInTheDocument();
  });

  it('drops an application that is deleted', async () => {
    await open(api);
    await screen.findByText('Live');

    act(() => api.remove(failing));

    await waitFor(() => expect(rowNames()).toEqual(['healthy']));
  });

  it('keeps what it shows when the connection is cut, and says so', async () => {
    await open(api);
    await screen.findByText('Live');

    act(() => api.cutStreams('the network is gone'));

    expect(
      await screen.findByText(/Live updates are interrupted/),
    ).toHaveTextContent('the network is gone');
    expect(rowNames()).toHaveLength(2);
  });

  it('says of a cluster that is behind how old its rows are', async () => {
    await open(api);
    await screen.findByText('Live');

    act(() =>
      api.send({
        type: 'freshness',
        cluster: 'east',
        freshness: {
          kind: 'stale',
          since: '2026-11-20T11:57:00Z',
          why: 'The API server does not answer.',
        },
      }),
    );

    expect(await screen.findByText(/Cluster east/)).toHaveTextContent(
      'Cluster east: what you see is 3 minutes old. The API server does not answer.',
    );
    expect(screen.getByText('Out of date')).toBeInTheDocument();
    expect(rowNames()).toHaveLength(2);
  });

  it('draws only what is in sight of a thousand rows, and tells how many there are', async () => {
    const many = Array.from({ length: 1000 }, (_, index) =>
      sampleSummary({ name: `app-${index}` }),
    );
    await open(new FakePaasApi(many));

    expect(screen.getByRole('table')).toHaveAttribute('aria-rowcount', '1001');
    expect(screen.getAllByRole('row').length).toBeLessThan(60);
  });
});

describe('an Applications page with nothing to list', () => {
  it('says what to do next, with a command to copy', async () => {
    renderView(<Router />, { api: new FakePaasApi() });

    expect(
      await screen.findByRole('heading', { name: 'Nothing runs here yet' }),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('button', { name: 'Copy the command' }),
    ).toBeInTheDocument();
    expect(
      screen.getAllByRole('link', { name: 'Create application' }),
    ).not.toHaveLength(0);
  });

  it('does not say that nothing runs when a cluster is out of reach', async () => {
    const api = new FakePaasApi();
    renderView(<Router />, { api });
    await screen.findByRole('heading', { name: 'Nothing runs here yet' });

    act(() =>
      api.send({
        type: 'freshness',
        cluster: 'east',
        freshness: { kind: 'unavailable', why: 'the connection was refused' },
      }),
    );

    expect(
      await screen.findByRole('heading', { name: 'No application is known' }),
    ).toBeInTheDocument();
  });

  it('offers to clear the filters when they leave nothing', async () => {
    const api = new FakePaasApi([healthy]);
    renderView(<Router />, { api, at: '/paas?text=nothing' });

    await userEvent.click(
      await screen.findByRole('button', { name: 'Clear all filters' }),
    );

    expect(
      await screen.findByRole('link', { name: 'healthy' }),
    ).toBeInTheDocument();
  });

  it('says who can grant what is forbidden', async () => {
    const api = new FakePaasApi();
    const refused = new PaasClientError('Missing paas.application.read.', {
      status: 403,
    });
    api.fail('listApplications', refused);
    api.fail('stream', refused);
    renderView(<Router />, { api });

    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('You may not see applications');
    expect(alert).toHaveTextContent(/platform team/);
  });

  it('says what failed and offers to try again', async () => {
    const api = new FakePaasApi([healthy]);
    const broken = new PaasClientError('The backend did not answer.');
    api.fail('listApplications', broken);
    api.fail('stream', broken);
    renderView(<Router />, { api });
    const alert = await screen.findByText('The backend did not answer.');
    expect(alert).toBeInTheDocument();

    api.fail('listApplications', undefined);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));

    expect(
      await screen.findByRole('link', { name: 'healthy' }),
    ).toBeInTheDocument();
  });
});

describe('untrusted text in the list', () => {
  it('is text and nothing else', async () => {
    const api = new FakePaasApi([
      sampleSummary({ message: '<img src=x onerror="alert(1)">' }),
    ]);
    const { container } = await open(api);

    expect(
      screen.getByText('<img src=x onerror="alert(1)">'),
    ).toBeInTheDocument();
    expect(within(container).queryByRole('img')).not.toBeInTheDocument();
  });
});

describe('accessibility of the Applications page', () => {
  it.each([
    ['with rows', [healthy, failing], ''],
    ['empty', [], ''],
    ['with filters that leave nothing', [healthy], '?text=nothing'],
  ])('holds %s', async (_, rows, search) => {
    const { container } = renderView(<Router />, {
      api: new FakePaasApi(rows),
      at: `/paas${search}`,
    });
    await screen.findByText(
      /application.?s? matches|Nothing runs|2 applications/,
    );

    expect(await findAccessibilityFaults(container)).toEqual([]);
  });

  it('holds while it loads and when it failed', async () => {
    const api = new FakePaasApi();
    const broken = new PaasClientError('The backend did not answer.');
    api.fail('listApplications', broken);
    api.fail('stream', broken);
    const { container } = renderView(<Router />, { api });
    await screen.findByRole('alert');

    expect(await findAccessibilityFaults(container)).toEqual([]);
  });
});
