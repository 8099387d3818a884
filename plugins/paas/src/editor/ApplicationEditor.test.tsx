import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Router } from '../Router';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import {
  findAccessibilityFaults,
  renderView,
} from '../__testUtils__/renderView';
import { sampleDetail, sampleSummary } from '../__testUtils__/samples';
import { offsetOf } from './caret';

function open() {
  const api = new FakePaasApi([sampleSummary()]);
  api.clusters = [
    {
      name: 'local',
      applications: 1,
      freshness: api.freshness,
      simulatedNodes: false,
    },
  ];
  const view = renderView(<Router />, { api, at: '/paas/new' });
  return { api, view };
}

const preview = () => screen.findByRole('button', { name: 'Preview plan' });
const apply = () => screen.getByRole('button', { name: 'Apply' });

describe('creating an application', () => {
  it('begins with an example and can not be applied unseen', async () => {
    open();

    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', {
      name: /YAML/,
    });
    expect(field.value).toContain('frontend -> redis:6379');
    expect(apply()).toBeDisabled();
  });

  it('is applied after its plan was seen, and leads to its page', async () => {
    const { api } = open();
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Namespace' }),
      'team-shop',
    );

    await userEvent.click(await preview());
    await screen.findByText(/^Nothing to do/);
    await userEvent.click(apply());

    expect(
      await screen.findByRole('heading', { name: 'user-service' }),
    ).toBeInTheDocument();
    expect(api.applied[0]).toMatchObject({
      cluster: 'local',
      namespace: 'team-shop',
    });
  });

  it('says whose fields it would change, and takes them over only when told to', async () => {
    const { api } = open();
    await userEvent.type(
      await screen.findByRole('textbox', { name: 'Namespace' }),
      'team-shop',
    );
    api.applyAnswer = {
      kind: 'conflict',
      message: 'Applying team-shop/user-service would change fields.',
      fields: [{ field: 'spec.components[frontend].replicas', by: 'paas-cli' }],
    };
    await userEvent.click(await preview());
    await screen.findByText(/^Nothing to do/);
    await userEvent.click(apply());

    const conflict = await screen.findByRole('region', { name: 'Conflict' });
    expect(conflict).toHaveTextContent(/paas-cli set this field/);
    expect(conflict).toHaveTextContent('spec.components[frontend].replicas');
    expect(conflict).toHaveTextContent(/Nothing to do/);
    expect(api.applied).toEqual([]);

    await userEvent.click(
      screen.getByRole('button', { name: 'Take over and apply' }),
    );
    expect(
      await screen.findByRole('heading', { name: 'user-service' }),
    ).toBeInTheDocument();
    expect(api.forced).toBe(1);
  });

  it('says that the application was changed while it was edited, and begins anew when asked', async () => {
    const api = new FakePaasApi();
    api.put(sampleDetail());
    renderView(<Router />, {
      api,
      at: '/paas/local/team-shop/user-service/yaml',
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', {
      name: /YAML/,
    });
    await userEvent.type(field, '# mine');
    const { yaml } = sampleDetail();
    act(() =>
      api.put(
        sampleDetail({ yaml: yaml.replace('replicas: 3', 'replicas: 5') }),
      ),
    );

    expect(
      await screen.findByText(/was changed while you wrote/),
    ).toBeInTheDocument();
    expect(field.value).toContain('# mine');
    await userEvent.click(
      screen.getByRole('button', { name: 'Reload, dropping my text' }),
    );
    expect(field.value).toContain('replicas: 5');
    expect(field.value).not.toContain('# mine');
    expect(screen.queryByText(/was changed while you wrote/)).toBeNull();
  });

  it('asks for a new plan when the text was changed', async () => {
    open();
    await userEvent.click(await preview());
    await screen.findByText(/^Nothing to do/);

    await userEvent.type(
      screen.getByRole('textbox', { name: /YAML/ }),
      '# changed',
    );

    expect(apply()).toBeDisabled();
    expect(screen.queryByText(/^Nothing to do/)).not.toBeInTheDocument();
  });

  it('shows each problem with its place, which leads into the text', async () => {
    const { api } = open();
    api.planAnswer = {
      kind: 'invalid',
      problems: [
        {
          path: 'spec.components[0].replcias',
          line: 8,
          column: 7,
          message: 'Unknown field replcias.',
          suggestion: 'replicas',
        },
      ],
    };
    await userEvent.click(await preview());

    await userEvent.click(
      await screen.findByRole('button', { name: 'Line 8, column 7' }),
    );

    const field = screen.getByRole<HTMLTextAreaElement>('textbox', {
      name: /YAML/,
    });
    expect(field).toHaveFocus();
    expect(field.value.slice(0, field.selectionStart).split('\n')).toHaveLength(
      8,
    );
    expect(screen.getByText('Unknown field replcias.')).toBeInTheDocument();
    expect(apply()).toBeDisabled();
  });

  it('says why the plan could not be made', async () => {
    const { api } = open();
    api.fail('plan', new Error('The cluster does not answer.'));

    await userEvent.click(await preview());

    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The cluster does not answer.',
    );
  });

  it('is accessible, with a plan and with problems', async () => {
    const { view } = open();
    await userEvent.click(await preview());
    await screen.findByText(/^Nothing to do/);

    expect(await findAccessibilityFaults(view.container)).toEqual([]);
  });
});

describe('the place of a problem', () => {
  const text = 'ab\ncde\n';

  it.each([
    [{ line: 1, column: 1 }, 0],
    [{ line: 2, column: 2 }, 4],
    [{ line: 2, column: 99 }, 6],
    [{ line: 99, column: 1 }, 7],
    [{}, 0],
    [{ line: 2 }, 3],
  ])('%j is a place in the text', (place, offset) => {
    expect(offsetOf(text, place)).toBe(offset);
  });
});
