import { useEffect, useState } from 'react';
import { Button, TextField, Typography } from '@material-ui/core';
import { parseDocument, stringify } from 'yaml';
import { useApi } from '@backstage/frontend-plugin-api';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { ChartValues } from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { CodeBlock } from '../components/CodeBlock';
import { ownOf, withOwn } from '../model/chartValues';
import { problemOf } from '../model/problemOf';
import { formFacts } from './formData';
import styles from './scaffolder.module.css';

type Values = Readonly<Record<string, unknown>>;
type Field = FieldExtensionComponentProps<Values>;

/**
 * Values of the chosen chart: a form where the chart describes them by a schema, else their text. What is left out is as
 * the chart has it.
 */
export function PaasValuesEditor(props: Field) {
  const { chart, version } = formFacts(props);
  const { found, problem } = useChart(chart, version);
  const [asText, setAsText] = useState(false);
  const isDrawable = canBeDrawn(found?.schema);
  return (
    <div>
      <Heading schema={props.schema} found={found} problem={problem} />
      {isDrawable && (
        <Button size="small" onClick={() => setAsText(shown => !shown)}>
          {asText ? 'Edit as a form' : 'Edit as YAML'}
        </Button>
      )}
      {found && isDrawable && !asText ? (
        <SchemaForm field={props} chart={found} />
      ) : (
        <ValuesText
          key={`${chart}`}
          id={`${props.idSchema.$id}-text`}
          values={props.formData ?? {}}
          change={props.onChange}
        />
      )}
      {found?.values && (
        <details className={styles.byItself}>
          <summary>What the chart has by itself</summary>
          <CodeBlock text={found.values} label="Values of the chart" />
        </details>
      )}
    </div>
  );
}

function Heading(props: {
  schema: Field['schema'];
  found: ChartValues | undefined;
  problem: string | undefined;
}) {
  const { schema, found, problem } = props;
  return (
    <>
      <Typography variant="subtitle1" component="h3">
        {schema.title}
        {found && ` of ${found.chart} ${found.version}`}
      </Typography>
      <Typography variant="body2" color="textSecondary">
        {problem
          ? `What the chart takes could not be read: ${problem}`
          : schema.description}
      </Typography>
    </>
  );
}

function useChart(chart: string | undefined, version: string | undefined) {
  const api = useApi(paasApiRef);
  const key = `${chart ?? ''} ${version ?? ''}`;
  const [held, setHeld] = useState<{
    key: string;
    found?: ChartValues;
    problem?: string;
  }>();
  useEffect(() => {
    if (!chart) return () => {};
    const abort = new AbortController();
    const { signal } = abort;
    const query = { chart, ...(version && { version }) };
    api.getChart(query, { signal }).then(
      found => !signal.aborted && setHeld({ key, found }),
      error => {
        if (signal.aborted) return;
        setHeld({ key, problem: problemOf(error, '').message });
      },
    );
    return () => abort.abort();
  }, [api, chart, version, key]);
  return held?.key === key ? held : { key };
}

/**
 * The schema's fields, drawn by the form that this field stands in, filled with what the chart has by itself: a box that is
 * not ticked is off in the chart too. What is changed is kept, and nothing else.
 */
function SchemaForm(props: { field: Field; chart: ChartValues }) {
  const { field, chart } = props;
  const { SchemaField } = field.registry.fields;
  const { description: _, ...schema } = chart.schema ?? {};
  const byItself = valuesIn(chart.values);
  return (
    <SchemaField
      {...field}
      schema={{ title: chart.chart, type: 'object', ...schema }}
      uiSchema={{}}
      formData={withOwn(byItself, field.formData ?? {})}
      onChange={(values: Values | undefined) =>
        field.onChange(ownOf(values ?? {}, byItself))
      }
    />
  );
}

/** Values as YAML. A text that is none stays on screen with what is wrong, and the last that was one counts. */
function ValuesText(props: {
  id: string;
  values: Values;
  change(values: Values): void;
}) {
  const [text, setText] = useState(() =>
    Object.keys(props.values).length === 0 ? '' : stringify(props.values),
  );
  const problem = problemIn(text);
  return (
    <TextField
      id={props.id}
      label="Values as YAML"
      value={text}
      onChange={event => {
        const next = event.target.value;
        setText(next);
        if (problemIn(next) === undefined) props.change(valuesIn(next));
      }}
      multiline
      minRows={4}
      fullWidth
      margin="dense"
      variant="outlined"
      error={problem !== undefined}
      helperText={problem ?? 'For example: replicaCount: 2'}
      inputProps={{ spellCheck: false, style: { fontFamily: 'monospace' } }}
    />
  );
}

/** References are looked up in the schema of the whole form, where a chart's own do not stand: such a one is text. */
function canBeDrawn(schema: ChartValues['schema']): boolean {
  return schema !== undefined && !JSON.stringify(schema).includes('"$ref"');
}

/** Nothing where the text is none: that of a chart may be anything, an alias a million times over too. */
function valuesIn(text: string): Values {
  if (problemIn(text) !== undefined) return {};
  const value: unknown = parseDocument(text).toJS();
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function problemIn(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  const document = parseDocument(text);
  if (document.errors.length > 0) return document.errors[0].message;
  try {
    const value: unknown = document.toJS();
    const isObject =
      typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? undefined : 'Write names and values: replicaCount: 2';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
