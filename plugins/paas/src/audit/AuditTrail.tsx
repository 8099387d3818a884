import { useState } from 'react';
import { Button, SearchField } from '@backstage/ui';
import { AuditEntry, AuditQuery } from '@understage/plugin-paas-common';
import {
  EmptyState,
  ErrorState,
  ForbiddenState,
} from '../components/ViewStates';
import { TableSkeleton } from '../applications/TableSkeleton';
import { FreshnessNotices } from '../components/FreshnessNotices';
import { useAudit } from '../live/useAudit';
import { personRef, resultWords } from '../model/auditWords';
import { AuditTable } from './AuditTable';
import filters from '../applications/applications.module.css';
import styles from '../tenants/tenants.module.css';

const results = ['succeeded', 'failed', 'refused', 'unknown'] as const;

/** Who did what, and who was refused what, newest first; `of` narrows it to one tenant. */
export function AuditTrail(props: {
  of?: Pick<AuditQuery, 'cluster' | 'tenant'>;
}) {
  const [result, setResult] = useState<AuditEntry['result']>();
  const [person, setPerson] = useState('');
  const who = personRef(person);
  const reading = useAudit({
    ...props.of,
    ...(result && { result }),
    ...(who && { who }),
  });
  const { problem, reload } = reading;
  if (problem?.kind === 'forbidden' || problem?.kind === 'missing') {
    return <ForbiddenState what="the audit trail" message={problem.message} />;
  }
  const clear = () => {
    setResult(undefined);
    setPerson('');
  };
  return (
    <>
      <ResultFilters chosen={result} choose={setResult} />
      <div className={styles.tools}>
        <PersonFilter key={person} person={person} change={setPerson} />
        <Button
          size="small"
          variant="secondary"
          isDisabled={reading.loading}
          onPress={reload}
        >
          Refresh
        </Button>
      </div>
      <Lines
        reading={reading}
        isOfOne={props.of !== undefined}
        clear={result || who ? clear : undefined}
      />
    </>
  );
}

function Lines(props: {
  reading: ReturnType<typeof useAudit>;
  isOfOne: boolean;
  clear: (() => void) | undefined;
}) {
  const { reading, isOfOne, clear } = props;
  const { items, problem, reload } = reading;
  if (!items) {
    return problem?.kind === 'failed' ? (
      <ErrorState
        what="The audit trail"
        message={problem.message}
        at={problem.at}
        retry={reload}
      />
    ) : (
      <TableSkeleton />
    );
  }
  return (
    <>
      <div className={styles.notices}>
        <FreshnessNotices sources={[]} problem={problem} retry={reload} />
      </div>
      {items.length === 0 ? (
        <Nothing clear={clear} />
      ) : (
        <AuditTable items={items} isOfOne={isOfOne} />
      )}
      <Older reading={reading} />
    </>
  );
}

function Older(props: { reading: ReturnType<typeof useAudit> }) {
  const { nextCursor, loading, loadMore } = props.reading;
  if (!nextCursor) return null;
  return (
    <p className={styles.more}>
      <Button variant="secondary" isDisabled={loading} onPress={loadMore}>
        {loading ? 'Reading older lines' : 'Show older lines'}
      </Button>
    </p>
  );
}

function ResultFilters(props: {
  chosen: AuditEntry['result'] | undefined;
  choose(result: AuditEntry['result'] | undefined): void;
}) {
  const { chosen, choose } = props;
  return (
    <div className={filters.chips} role="group" aria-label="Filter by result">
      <button
        type="button"
        className={filters.chip}
        aria-pressed={!chosen}
        onClick={() => choose(undefined)}
      >
        All
      </button>
      {results.map(result => (
        <button
          key={result}
          type="button"
          className={filters.chip}
          aria-pressed={chosen === result}
          onClick={() => choose(chosen === result ? undefined : result)}
        >
          {resultWords[result]}
        </button>
      ))}
    </div>
  );
}

/** A name counts once it is typed: each half of one would be somebody else. */
function PersonFilter(props: { person: string; change(person: string): void }) {
  const [typed, setTyped] = useState(props.person);
  return (
    <SearchField
      aria-label="Filter by person"
      placeholder="Person, then Enter: sam"
      size="small"
      className={styles.search}
      value={typed}
      onChange={setTyped}
      onClear={() => props.change('')}
      onSubmit={props.change}
    />
  );
}

function Nothing(props: { clear: (() => void) | undefined }) {
  return props.clear ? (
    <EmptyState
      title="No line matches"
      actions={
        <Button variant="secondary" onPress={props.clear}>
          Clear all filters
        </Button>
      }
    >
      <p className={styles.quiet}>The filters above leave nothing.</p>
    </EmptyState>
  ) : (
    <EmptyState title="Nothing was changed yet">
      <p className={styles.quiet}>
        Every change that is made through the portal, and everything that was
        refused, is written down here with who asked for it.
      </p>
    </EmptyState>
  );
}
