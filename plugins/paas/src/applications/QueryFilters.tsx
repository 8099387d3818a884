import { useEffect, useRef, useState } from 'react';
import { Button, SearchField, Select } from '@backstage/ui';
import {
  ApplicationQuery,
  ApplicationSummary,
} from '@understage/plugin-paas-common';
import { useClock } from '../live/clock';
import { isFiltered } from '../model/applicationQuery';
import { ApplicationRows } from '../model/applicationRows';
import styles from './applications.module.css';

type Facet = 'cluster' | 'tenant' | 'owner' | 'reason';

const facets: readonly { name: Facet; label: string; any: string }[] = [
  { name: 'cluster', label: 'Cluster', any: 'All clusters' },
  { name: 'tenant', label: 'Tenant', any: 'All tenants' },
  { name: 'owner', label: 'Owner', any: 'All owners' },
  { name: 'reason', label: 'Reason', any: 'All reasons' },
];

const ANY = '';
const TYPING_PAUSE = 200;

/** Values seen so far, so that choosing one does not make the others vanish from the menu. */
function useSeenValues(
  rows: ApplicationRows | undefined,
  query: ApplicationQuery,
) {
  const seen = useRef(new Map<Facet, Set<string>>());
  for (const { name } of facets) {
    const values = seen.current.get(name) ?? new Set<string>();
    seen.current.set(name, values);
    rows?.items.forEach((row: ApplicationSummary) => {
      const value = row[name];
      if (value) values.add(value);
    });
    const asked = query[name];
    if (asked) values.add(asked);
  }
  return (facet: Facet) => [...(seen.current.get(facet) ?? [])].sort();
}

/** Text and menus that narrow the list. */
export function QueryFilters(props: {
  query: ApplicationQuery;
  rows: ApplicationRows | undefined;
  onChange(query: ApplicationQuery, replace?: boolean): void;
}) {
  const { query, rows, onChange } = props;
  const valuesOf = useSeenValues(rows, query);
  return (
    <div className={styles.filters} role="search" aria-label="Applications">
      <TextFilter
        value={query.text ?? ''}
        onChange={text => onChange({ ...query, text: text || undefined }, true)}
      />
      {facets.map(({ name, label, any }) => (
        <Select
          key={name}
          aria-label={label}
          size="small"
          className={styles.select}
          value={query[name] ?? ANY}
          onChange={value =>
            onChange({
              ...query,
              [name]:
                value === null || value === ANY ? undefined : String(value),
            })
          }
          options={[
            { value: ANY, label: any },
            ...valuesOf(name).map(value => ({ value, label: value })),
          ]}
        />
      ))}
      <Button
        size="small"
        variant="tertiary"
        className={styles.clear}
        isDisabled={!isFiltered(query)}
        onPress={() => onChange({ sort: query.sort })}
      >
        Clear
      </Button>
    </div>
  );
}

/** Writes what is typed after a pause, and follows the address when it changes otherwise. */
function TextFilter(props: { value: string; onChange(text: string): void }) {
  const { value, onChange } = props;
  const clock = useClock();
  const [typed, setTyped] = useState(value);
  const cancel = useRef(() => {});
  const written = useRef(value);
  useEffect(() => {
    if (value !== written.current) setTyped(value);
    written.current = value;
  }, [value]);
  useEffect(() => () => cancel.current(), []);
  return (
    <SearchField
      aria-label="Search name, namespace, owner and message"
      placeholder="Search"
      size="small"
      className={styles.search}
      value={typed}
      onChange={text => {
        setTyped(text);
        cancel.current();
        cancel.current = clock.setTimer(() => {
          written.current = text.trim();
          onChange(text.trim());
        }, TYPING_PAUSE);
      }}
    />
  );
}
