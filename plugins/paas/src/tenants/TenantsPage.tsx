import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { Button, ButtonLink, Container, SearchField } from '@backstage/ui';
import {
  TenantList,
  TenantQuery,
  TenantState,
  tenantStates,
} from '@understage/plugin-paas-common';
import { FreshnessNotices, sourcesOf } from '../components/FreshnessNotices';
import {
  EmptyState,
  ErrorState,
  ForbiddenState,
} from '../components/ViewStates';
import { usePageTitle } from '../live/usePageTitle';
import { LiveTenants, useTenants } from '../live/useTenants';
import { StateMark } from '../components/StateMark';
import { TableSkeleton } from '../applications/TableSkeleton';
import { toneOf } from '../model/stateLooks';
import { TenantTable } from './TenantTable';
import { looksLike } from './TenantStateChip';
import { useTenantsPath } from './tenantPaths';
import filters from '../applications/applications.module.css';
import styles from './tenants.module.css';

/** Where the template of the catalog that makes a tenant is; it comes with the platform's templates. */
const TEMPLATE = '/create/templates/default/new-tenant';

function readTenantQuery(parameters: URLSearchParams): TenantQuery {
  const state = tenantStates.find(known => known === parameters.get('state'));
  const text = parameters.get('text')?.trim();
  return { ...(state && { state }), ...(text && { text }) };
}

function NewTenant() {
  const path = useTenantsPath();
  return (
    <>
      <ButtonLink href={TEMPLATE} variant="primary">
        New tenant
      </ButtonLink>
      <ButtonLink href={`${path}/new`} variant="secondary">
        Write it as a file
      </ButtonLink>
    </>
  );
}

/** The tenants that the reader may see: who they are, whether they are isolated, how full they are. */
export function TenantsPage() {
  const [parameters, setParameters] = useSearchParams();
  const query = readTenantQuery(parameters);
  const path = useTenantsPath();
  const { value, problem, reload } = useTenants();
  const sources = sourcesOf(value);
  usePageTitle('Tenants');
  const change = (next: TenantQuery) =>
    setParameters(
      new URLSearchParams(
        Object.entries(next).filter(([, each]) => Boolean(each)),
      ),
      { replace: true },
    );

  if (problem?.kind === 'forbidden' || problem?.kind === 'missing') {
    return <ForbiddenState what="tenants" message={problem.message} />;
  }
  if (problem && !value) {
    return (
      <ErrorState
        what="The list of tenants"
        message={problem.message}
        at={problem.at}
        retry={reload}
      />
    );
  }
  return (
    <Container className={styles.page}>
      <TenantStateFilters
        counts={value && countsOf(value)}
        chosen={query.state}
        choose={state => change({ ...query, state })}
      />
      <div className={styles.tools}>
        <SearchTenants
          text={query.text ?? ''}
          change={text => change({ ...query, text })}
        />
        {value?.may.audit && (
          <ButtonLink href={`${path}/audit`} variant="secondary">
            Audit trail
          </ButtonLink>
        )}
        {value?.may.create && <NewTenant />}
      </div>
      <div className={styles.notices}>
        <FreshnessNotices sources={sources} problem={problem} retry={reload} />
      </div>
      {value ? (
        <Found
          list={value}
          isLive={sources.every(({ freshness }) => freshness.kind === 'live')}
          query={query}
          clear={() => change({})}
        />
      ) : (
        <TableSkeleton />
      )}
    </Container>
  );
}

function SearchTenants(props: { text: string; change(text: string): void }) {
  const [typed, setTyped] = useState(props.text);
  // Another address is another text: going back, or all filters cleared.
  useEffect(() => setTyped(props.text), [props.text]);
  return (
    <SearchField
      aria-label="Search tenants"
      placeholder="Name, owner, sentence"
      size="small"
      className={styles.search}
      value={typed}
      onChange={text => {
        setTyped(text);
        props.change(text);
      }}
    />
  );
}

function countsOf({ items }: LiveTenants): TenantList['counts'] {
  const counts: Partial<Record<TenantState, number>> = {};
  for (const { state } of items) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}

function Found(props: {
  list: LiveTenants;
  isLive: boolean;
  query: TenantQuery;
  clear(): void;
}) {
  const { list, isLive, query, clear } = props;
  const text = query.text?.toLocaleLowerCase('en-US') ?? '';
  const items = list.items.filter(
    ({ state, name, owner, message, description = '' }) =>
      (!query.state || state === query.state) &&
      [name, owner, message, description].some(part =>
        part.toLocaleLowerCase('en-US').includes(text),
      ),
  );
  if (list.items.length === 0 && !isLive) {
    return (
      <EmptyState title="No tenant is known">
        <p className={styles.quiet}>
          Not every cluster could be asked, so this is not all there is.
        </p>
      </EmptyState>
    );
  }
  if (list.items.length === 0) {
    return (
      <EmptyState
        title="No tenants yet"
        actions={list.may.create && <NewTenant />}
      >
        <p className={styles.quiet}>
          A tenant gives a team its namespaces, with quota, network and roles of
          its own. You see those that you are a member of; platform engineers
          see all.
        </p>
      </EmptyState>
    );
  }
  if (items.length === 0) {
    return (
      <EmptyState
        title="No tenant matches"
        actions={
          <Button variant="secondary" onPress={clear}>
            Clear all filters
          </Button>
        }
      >
        <p className={styles.quiet}>The filters above leave nothing.</p>
      </EmptyState>
    );
  }
  return <TenantTable items={items} />;
}

function TenantStateFilters(props: {
  counts: TenantList['counts'] | undefined;
  chosen: TenantState | undefined;
  choose(state: TenantState | undefined): void;
}) {
  const { counts, chosen, choose } = props;
  const all =
    counts && Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <div className={filters.chips} role="group" aria-label="Filter by state">
      <button
        type="button"
        className={filters.chip}
        aria-pressed={!chosen}
        onClick={() => choose(undefined)}
      >
        All <span className={filters.chipCount}>{all ?? '–'}</span>
      </button>
      {tenantStates.map(state => (
        <button
          key={state}
          type="button"
          className={`${filters.chip} ${filters[toneOf(looksLike(state))]}`}
          aria-pressed={chosen === state}
          data-none={counts && !counts[state] ? '' : undefined}
          onClick={() => choose(chosen === state ? undefined : state)}
        >
          <StateMark state={looksLike(state)} />
          {state}{' '}
          <span className={filters.chipCount}>
            {counts ? counts[state] ?? 0 : '–'}
          </span>
        </button>
      ))}
    </div>
  );
}
