/* eslint-disable no-script-url -- that they are dropped is what is tested */
import {
  ApplicationDetail,
  PaasClientError,
} from '@understage/plugin-paas-common';
import {
  act,
  fireEvent,
  screen,
  waitFor,
  within,
} from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Router } from '../Router';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import { FakeTenantsApi } from '../__testUtils__/FakeTenantsApi';
import {
  findAccessibilityFaults,
  renderView,
} from '../__testUtils__/renderView';
import { sampleDetail, sampleSummary } from '../__testUtils__/samples';
import { sampleTenant } from '../__testUtils__/tenantSamples';

const path = '/paas/local/team-shop/user-service';

function platform(changes: Partial<ApplicationDetail> = {}) {
  const api = new FakePaasApi();
  api.put(sampleDetail(changes));
  return api;
}

async function open(api: FakePaasApi, tab = '') {
  const view = renderView(<Router />, { api, at: `${path}${tab}` });
  await screen.findByRole('heading', { name: 'user-service' });
  return view;
}

describe('the Application page', () => {
  it('begins with the sentence of health, its cause, and who has to act', async () => {
    await open(platform());

    const health = screen.getByRole('region', { name: 'Health' });
    expect(health).toHaveTextContent(
      'frontend: 2 of 3 pods ready; frontend-7c9 can not be scheduled: 2 nodes have too little cpu.',
    );
    expect(health).toHaveTextContent(/owning team has to act/);
    expect(
      within(health).getByRole('link', { name: 'Unschedulable: what helps' }),
    ).toHaveAttribute(
      'href',
      '/docs/default/system/understage/guides/why-not-running/#unschedulable',
    );
  });

  it('leads to its tenant where the reader may see one', async () => {
    const api = platform();
    const tenants = new FakeTenantsApi([sampleTenant()]);
    renderView(<Router />, { api, tenants, at: path });

    expect(await screen.findByRole('link', { name: 'shop' })).toHaveAttribute(
      'href',
      '/paas/tenants/local/shop',
    );
  });

  it('follows the application live', async () => {
    const api = platform();
    await open(api);
    await screen.findByText('Live');

    act(() =>
      api.put(
        sampleDetail({
          summary: sampleSummary({ message: 'All is well now.' }),
        }),
      ),
    );

    expect(await screen.findByText('All is well now.')).toBeInTheDocument();
    expect(api.reads.details).toBe(1);
  });

  it('does not call itself live while its cluster is out of reach', async () => {
    const api = platform();
    await open(api);
    await screen.findByText('Live');

    act(() =>
      api.send({
        type: 'freshness',
        cluster: 'local',
        freshness: {
          kind: 'stale',
          since: '2026-11-20T11:57:00Z',
          why: 'the API server does not answer',
        },
      }),
    );

    expect(await screen.findByText('Out of date')).toBeInTheDocument();
    expect(screen.queryByText('Live')).not.toBeInTheDocument();
  });

  it('names the tab of the browser after what it shows', async () => {
    const view = await open(platform(), '/releases');

    await waitFor(() =>
      expect(document.title).toMatch(
        /^user-service \| Releases \| Applications \| /,
      ),
    );
    view.unmount();
    expect(document.title).not.toContain('user-service');
  });

  it('leads to its owner, and to what else runs in its place', async () => {
    await open(platform());

    const target = (name: string) =>
      screen.getByRole('link', { name }).getAttribute('href');
    expect(target('team-shop')).toBe('/catalog/default/group/team-shop');
    expect(target('Applications of cluster local')).toBe('/paas?cluster=local');
    expect(target('Applications of namespace team-shop')).toBe(
      '/paas?cluster=local&text=team-shop',
    );
  });

  it('shows the topology as a table too', async () => {
    await open(platform());

    await userEvent.click(screen.getByRole('radio', { name: 'Table' }));

    const table = within(
      screen.getByRole('region', { name: 'Topology' }),
    ).getByRole('table');
    expect(within(table).getAllByRole('row')).toHaveLength(4);
    expect(table).toHaveTextContent('frontend -> redis:6379');
    expect(table).toHaveTextContent('external host api.example.com');
  });

  it('says of each component which image it runs and where that came from', async () => {
    await open(platform());

    const components = screen.getByRole('region', { name: 'Components' });
    expect(components).toHaveTextContent("from the platform's convention");
    expect(
      within(components).getByRole('button', {
        name: /Copy image harbor.example.com/,
      }),
    ).toBeInTheDocument();
  });

  it('labels simulated nodes', async () => {
    const api = platform();
    api.clusters = [
      {
        name: 'local',
        applications: 1,
        freshness: api.freshness,
        simulatedNodes: true,
      },
    ];
    await open(api);

    expect(await screen.findByText('Simulated')).toBeInTheDocument();
  });

  it('keeps the last state of an application that is deleted meanwhile', async () => {
    const api = platform();
    await open(api);
    await screen.findByText('Live');

    act(() =>
      api.remove({
        cluster: 'local',
        namespace: 'team-shop',
        name: 'user-service',
      }),
    );

    expect(
      await screen.findByText(/This application was deleted/),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Delete' })).toBeDisabled();
  });

  it('says that there is none, or that it may not be seen', async () => {
    renderView(<Router />, { api: new FakePaasApi(), at: path });

    expect(
      await screen.findByRole('heading', {
        name: 'Application user-service was not found',
      }),
    ).toBeInTheDocument();
  });

  it('leaves out links that would run a script', async () => {
    await open(
      platform({
        links: [
          { title: 'Good', url: 'https://docs.example.com/' },
          { title: 'Bad', url: 'javascript:alert(1)' },
        ],
      }),
    );

    expect(screen.getByRole('link', { name: 'Good' })).toHaveAttribute(
      'href',
      'https://docs.example.com/',
    );
    expect(screen.queryByText('Bad')).not.toBeInTheDocument();
  });
});

describe('the object tree', () => {
  it('is walked, folded and opened by keyboard', async () => {
    await open(platform(), '/objects');
    const [deployment] = await screen.findAllByRole('treeitem');
    const count = screen.getAllByRole('treeitem').length;
    deployment.focus();

    await userEvent.keyboard('{ArrowLeft}');
    expect(deployment).toHaveAttribute('aria-expanded', 'false');
    expect(screen.getAllByRole('treeitem')).toHaveLength(count - 4);

    await userEvent.keyboard('{ArrowRight}{ArrowRight}');
    expect(screen.getByRole('treeitem', { name: /^ReplicaSet/ })).toHaveFocus();

    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(
      await screen.findByRole('region', {
        name: 'YAML of Pod user-service-frontend-7c9d8f-aaaaa',
      }),
    ).toHaveTextContent('kind: Pod');
  });

  it('is narrowed to a component by its address', async () => {
    await open(platform(), '/objects?component=redis');

    const items = await screen.findAllByRole('treeitem');
    expect(items.map(item => item.getAttribute('aria-level'))).toEqual([
      '1',
      '2',
    ]);
  });

  it('opens the object that its address names, and closes it there', async () => {
    const object = 'v1/Pod/team-shop/user-service-frontend-7c9d8f-aaaaa';
    renderView(<Router />, {
      api: platform(),
      at: `${path}/objects?object=${encodeURIComponent(object)}`,
    });

    await screen.findByRole('region', { name: /^YAML of Pod/ });
    await userEvent.keyboard('{Escape}');

    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
  });

  it('says when the object of its address is gone', async () => {
    await open(platform(), '/objects?object=v1%2FPod%2Fteam-shop%2Fold-pod');

    expect(
      await screen.findByText('Pod old-pod is not there, or not any more.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByText(/old-pod/)).not.toBeInTheDocument();
  });

  it('unfolds lines that only group objects instead of opening them', async () => {
    const { tree } = sampleDetail();
    const ref = {
      apiVersion: 'paas.understage.dev/v1',
      kind: 'Component',
      name: 'frontend',
    };
    const [deployment] = tree;
    await open(
      platform({
        tree: [
          { ref, state: 'Ready', message: 'well', children: [deployment] },
        ],
      }),
      '/objects',
    );
    const group = await screen.findByRole('treeitem', { name: /^Component/ });

    await userEvent.click(group);

    expect(group).toHaveAttribute('aria-expanded', 'false');
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('says why an object could not be read', async () => {
    const api = platform();
    api.fail('getObjectYaml', new PaasClientError('Secrets are not shown.'));
    await open(api, '/objects');

    await userEvent.click(
      await screen.findByRole('treeitem', { name: /^Service/ }),
    );

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Secrets are not shown.',
    );
  });
});

describe('actions', () => {
  it('delete only after the name was typed, and say what stays', async () => {
    const api = platform();
    await open(api);
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = screen.getByRole('dialog');
    const confirm = within(dialog).getByRole('button', {
      name: 'Delete application',
    });
    const field = within(dialog).getByRole('textbox');

    await userEvent.type(field, 'user-servic');
    expect(confirm).toBeDisabled();
    await userEvent.type(field, 'e');
    await userEvent.click(confirm);

    expect(
      await screen.findByText(/user-service is being deleted/),
    ).toHaveTextContent(/Its volumes are kept/);
    expect(api.deleted).toEqual(['local/team-shop/user-service']);
  });

  it('show the plan of a rollback before it is done', async () => {
    const api = platform();
    api.planAnswer = {
      kind: 'planned',
      summary: '1 to update.',
      warnings: [],
      actions: [
        {
          kind: 'update',
          ref: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'frontend' },
          object: {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            metadata: { name: 'frontend' },
          },
          drift: false,
          changes: [{ path: 'spec.replicas', from: 3, to: 2 }],
        },
      ],
    };
    await open(api, '/releases');
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back to release 2' }),
    );
    const dialog = screen.getByRole('dialog');
    expect(
      await within(dialog).findByText('spec.replicas'),
    ).toBeInTheDocument();
    expect(api.rolledBack).toEqual([]);

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    );

    expect(await screen.findByText(/pinned to release 2/)).toBeInTheDocument();
    expect(api.rolledBack).toEqual([
      { ref: 'local/team-shop/user-service', revision: 2 },
    ]);
  });

  it('let a pinned release go', async () => {
    const { yaml } = sampleDetail();
    const api = platform({
      yaml: yaml.replace('spec:', 'spec:\n  revision: 2'),
    });
    await open(api, '/releases');

    await userEvent.click(
      await screen.findByRole('button', { name: 'Let the pin go' }),
    );

    expect(
      await screen.findByText(/follows its specification again/),
    ).toBeInTheDocument();
    expect(api.rolledBack).toEqual([
      { ref: 'local/team-shop/user-service', revision: null },
    ]);
  });

  it('pause, and say what that means', async () => {
    const api = platform();
    await open(api);

    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));

    expect(await screen.findByText(/^Paused:/)).toHaveTextContent(
      /keeps running/,
    );
    expect(api.paused.get('local/team-shop/user-service')).toBe(true);
  });

  it('say why they failed, and the page stays', async () => {
    const api = platform();
    api.fail('setPaused', new PaasClientError('You may not change this.'));
    await open(api);

    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'Pausing failed: You may not change this.',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('edit the file without its status, plan it, apply it', async () => {
    const api = platform();
    await open(api, '/yaml');
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', {
      name: /YAML/,
    });
    expect(field.value).toContain('frontend -> redis:6379');
    expect(field.value).not.toContain('status:');

    expect(screen.queryByText(/another application/)).not.toBeInTheDocument();
    const text = field.value;
    fireEvent.change(field, {
      target: { value: text.replace('name: user-service', 'name: other') },
    });
    expect(screen.getByText(/another application/)).toHaveTextContent(
      'applying it creates or changes other, and leaves user-service as it is',
    );
    fireEvent.change(field, { target: { value: text } });

    await userEvent.click(screen.getByRole('button', { name: 'Preview plan' }));
    await screen.findByText(/^Nothing to do/);
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));

    expect(await screen.findByText(/^Applied:/)).toBeInTheDocument();
    await waitFor(() => expect(api.applied).toHaveLength(1));
    expect(api.applied[0]).toMatchObject({
      cluster: 'local',
      namespace: 'team-shop',
    });
  });
});

describe('accessibility of the Application page', () => {
  it.each(['', '/objects', '/releases', '/events', '/yaml'])(
    'holds on %s',
    async tab => {
      const { container } = await open(platform(), tab);
      await waitFor(() =>
        expect(
          screen.getByRole('region', {
            name: /^(Components|Objects|Releases|Events|YAML)$/,
          }),
        ).toBeInTheDocument(),
      );

      expect(await findAccessibilityFaults(container)).toEqual([]);
    },
  );

  it('holds with nothing in it', async () => {
    const { container } = await open(
      platform({
        components: [],
        conditions: [],
        edges: [],
        tree: [],
        releases: [],
        events: [],
        links: [],
      }),
    );

    expect(await findAccessibilityFaults(container)).toEqual([]);
  });

  it('holds in the dialog that deletes', async () => {
    await open(platform());
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));

    expect(await findAccessibilityFaults(screen.getByRole('dialog'))).toEqual(
      [],
    );
  });
});
