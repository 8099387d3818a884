import { useState } from 'react';
import { Form } from '@backstage/plugin-scaffolder-react/alpha';
import validator from '@rjsf/validator-ajv8';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { PaasClientError } from '@understage/plugin-paas-common';
import { FakePaasApi } from '../__testUtils__/FakePaasApi';
import { FakeTenantsApi } from '../__testUtils__/FakeTenantsApi';
import { renderView } from '../__testUtils__/renderView';
import { sampleSummary } from '../__testUtils__/samples';
import { sampleTenant } from '../__testUtils__/tenantSamples';
import { dependenciesOf, PaasDependencyEditor } from './PaasDependencyEditor';
import { PaasValuesEditor } from './PaasValuesEditor';
import {
  PaasApplicationPicker,
  PaasChartPicker,
  PaasChartVersionPicker,
  PaasClusterPicker,
  PaasTenantPicker,
} from './pickers';

const fields = {
  PaasApplicationPicker,
  PaasChartPicker,
  PaasChartVersionPicker,
  PaasClusterPicker,
  PaasDependencyEditor,
  PaasTenantPicker,
  PaasValuesEditor,
};

type Data = Record<string, unknown>;

/** A form as templates have it, with one of our fields, and what is filled in. */
function TemplateForm(props: {
  name: string;
  field: keyof typeof fields;
  type?: 'string' | 'object';
  data: Data;
  onChange(data: Data): void;
}) {
  const { name, field, type = 'string', onChange } = props;
  const [data, setData] = useState(props.data);
  return (
    <Form
      schema={{
        type: 'object',
        properties: { [name]: { type, title: 'The field' } },
      }}
      uiSchema={{ [name]: { 'ui:field': field } }}
      fields={Object(fields)}
      validator={validator}
      formData={data}
      formContext={{ formData: data }}
      onChange={({ formData }) => {
        setData({ ...data, ...formData });
        onChange({ ...data, ...formData });
      }}
    >
      <span />
    </Form>
  );
}

function open(
  field: keyof typeof fields,
  options: {
    api?: FakePaasApi;
    tenants?: FakeTenantsApi;
    name?: string;
    type?: 'object';
    data?: Data;
  } = {},
) {
  const { api = new FakePaasApi(), tenants, name = 'value' } = options;
  const seen: { data: Data } = { data: {} };
  renderView(
    <TemplateForm
      name={name}
      field={field}
      type={options.type}
      data={options.data ?? {}}
      onChange={data => {
        seen.data = data;
      }}
    />,
    { api, tenants },
  );
  return seen;
}

const input = () => screen.findByRole('textbox', { name: 'The field' });

const charts = () => {
  const api = new FakePaasApi();
  api.charts = [
    {
      chart: 'bitnami/redis',
      version: '20.0.0',
      values: '# How many\nreplicas: 1\n',
      schema: {
        title: 'Redis',
        properties: { replicas: { type: 'integer', title: 'Replicas' } },
      },
    },
    { chart: 'bitnami/web', version: '1.0.0', values: 'greeting: hello\n' },
  ];
  return api;
};

describe("fields of templates' forms", () => {
  it('suggest charts with what they are, and take what is typed', async () => {
    const seen = open('PaasChartPicker', { api: charts() });
    await userEvent.type(await input(), 'red');

    await userEvent.click(
      await screen.findByRole('option', { name: /bitnami\/redis/ }),
    );
    expect(seen.data.value).toBe('bitnami/redis');

    await userEvent.clear(await input());
    await userEvent.type(await input(), 'oci://registry/own');
    expect(seen.data.value).toBe('oci://registry/own');
  });

  it('say why nothing can be suggested, and can be filled in all the same', async () => {
    const api = charts();
    api.missingCharts = [{ repository: 'other', why: 'It does not answer.' }];
    const seen = open('PaasChartPicker', { api });

    expect(
      await screen.findByText(/other: It does not answer/),
    ).toBeInTheDocument();
    await userEvent.type(await input(), 'other/chart');
    expect(seen.data.value).toBe('other/chart');
  });

  it('keep what the template fills in', async () => {
    const api = new FakePaasApi();
    open('PaasClusterPicker', { api, data: { value: 'playground' } });

    expect(await input()).toHaveValue('playground');
    await userEvent.type(await input(), '-eu');
    expect(await input()).toHaveValue('playground-eu');
  });

  it('suggest versions of the chosen chart', async () => {
    open('PaasChartVersionPicker', {
      api: charts(),
      data: { chart: 'bitnami/redis' },
    });
    await userEvent.click(await input());

    expect(
      await screen.findByRole('option', { name: '20.0.0' }),
    ).toBeInTheDocument();
  });

  it('suggest namespaces of tenants in which one may run something, and what is used there', async () => {
    const tenants = new FakeTenantsApi([
      sampleTenant({ role: 'developer' }),
      sampleTenant({ name: 'data', role: 'viewer' }),
    ]);
    const seen = open('PaasTenantPicker', { tenants });
    await userEvent.click(await input());

    const option = await screen.findByRole('option', { name: /shop/ });
    expect(option).toHaveTextContent('you are developer');
    expect(screen.queryByRole('option', { name: /data/ })).toBeNull();
    await userEvent.click(option);
    expect(seen.data.value).toBe('shop');
    expect(
      await screen.findByText(/requests.cpu 9 of 10, pods 50 of 50/),
    ).toBeInTheDocument();
  });

  it('suggest applications of the chosen namespace', async () => {
    const api = new FakePaasApi([
      sampleSummary({ name: 'checkout', namespace: 'shop' }),
      sampleSummary({ name: 'training', namespace: 'data' }),
    ]);
    open('PaasApplicationPicker', { api, data: { namespace: 'shop' } });
    await userEvent.click(await input());

    await screen.findByRole('option', { name: /checkout/ });
    expect(screen.queryByRole('option', { name: /training/ })).toBeNull();
  });

  it('say that clusters may not be seen', async () => {
    const api = new FakePaasApi();
    api.fail(
      'listClusters',
      new PaasClientError('You lack paas.cluster.read.', { status: 403 }),
    );
    open('PaasClusterPicker', { api });

    expect(
      await screen.findByText(/You lack paas.cluster.read/),
    ).toBeInTheDocument();
  });
});

describe('the editor of values', () => {
  it("draws the chart's own form with its own values, and keeps what is changed", async () => {
    const seen = open('PaasValuesEditor', {
      api: charts(),
      type: 'object',
      name: 'values',
      data: { chart: 'bitnami/redis' },
    });
    const replicas = await screen.findByLabelText('Replicas');
    expect(replicas).toHaveValue(1);

    expect(screen.getByText(/of bitnami\/redis 20.0.0/)).toBeInTheDocument();
    fireEvent.change(replicas, { target: { value: '3' } });

    await waitFor(() => expect(seen.data.values).toEqual({ replicas: 3 }));
  });

  it('takes YAML where the chart has no schema, and only what is YAML', async () => {
    const seen = open('PaasValuesEditor', {
      api: charts(),
      type: 'object',
      name: 'values',
      data: { chart: 'bitnami/web' },
    });
    await screen.findByText('What the chart has by itself');
    const text = screen.getByRole('textbox', { name: 'Values as YAML' });
    await userEvent.type(text, 'greeting: hi');
    expect(seen.data.values).toEqual({ greeting: 'hi' });

    await userEvent.clear(text);
    await userEvent.type(text, 'just words');
    expect(await screen.findByText(/Write names and values/)).toBeVisible();
  });
});

describe('the editor of values of a chart that means harm', () => {
  it.each([
    [
      'a schema that refers to itself',
      {
        values: '',
        schema: { properties: { a: { $ref: '#/definitions/a' } } },
      },
    ],
    ['values that are no YAML', { values: 'a: [', schema: undefined }],
  ])('offers text for %s', async (_, chart) => {
    const api = new FakePaasApi();
    api.charts = [{ chart: 'bad/chart', version: '1.0.0', ...chart }];
    open('PaasValuesEditor', {
      api,
      type: 'object',
      name: 'values',
      data: { chart: 'bad/chart' },
    });

    expect(await screen.findByText(/of bad\/chart 1.0.0/)).toBeInTheDocument();
    expect(
      screen.getByRole('textbox', { name: 'Values as YAML' }),
    ).toBeInTheDocument();
  });

  it('draws the form though its own values are a bomb', async () => {
    const api = new FakePaasApi();
    const levels = Array.from(
      { length: 12 },
      (_, index) =>
        `l${index + 1}: &l${index + 1} [${`*l${index},`.repeat(9)}]`,
    );
    api.charts = [
      {
        chart: 'bad/bomb',
        version: '1.0.0',
        values: ['l0: &l0 boom', ...levels].join('\n'),
        schema: { properties: { a: { type: 'string', title: 'A' } } },
      },
    ];
    open('PaasValuesEditor', {
      api,
      type: 'object',
      name: 'values',
      data: { chart: 'bad/bomb' },
    });

    expect(await screen.findByLabelText('A')).toHaveValue('');
  });
});

describe('the editor of dependencies', () => {
  const yaml = `apiVersion: paas/v1
kind: Application
metadata: { name: shop }
spec:
  components:
    - { name: web, type: Deployment, image: i, ports: [{ name: http, port: 8080 }] }
    - { name: api, type: Deployment, image: i, ports: [{ name: http, port: 9090 }] }
    - { name: redis, type: HelmChart, chart: bitnami/redis }
  dependencies: ['web -> api:9090']
`;

  it('offers every pair that is not there yet', () => {
    expect(dependenciesOf(yaml)).toEqual([
      { value: 'api -> web:8080' },
      { value: 'redis -> web:8080' },
      { value: 'redis -> api:9090' },
    ]);
  });

  it('offers nothing of what it can not read', () => {
    expect(dependenciesOf('kind: Other')).toEqual([]);
  });
});
