import { Select } from '@backstage/ui';
import { ApplicationQuery } from '@understage/plugin-paas-common';
import styles from './applications.module.css';

type Sort = NonNullable<ApplicationQuery['sort']>;

const orders: readonly { value: Sort; label: string }[] = [
  { value: 'attention', label: 'Needs attention first' },
  { value: '-since', label: 'Last changed first' },
  { value: 'since', label: 'First changed first' },
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
  { value: 'namespace', label: 'Namespace, A to Z' },
  { value: '-namespace', label: 'Namespace, Z to A' },
];

/** The order of the list, in words; the headers of the table are the shorter way. */
export function OrderSelect(props: {
  sort: ApplicationQuery['sort'];
  onChange(sort: Sort): void;
}) {
  return (
    <Select
      aria-label="Order"
      size="small"
      className={styles.order}
      value={props.sort ?? 'attention'}
      onChange={value => {
        const order = orders.find(candidate => candidate.value === value);
        if (order) props.onChange(order.value);
      }}
      options={orders.map(({ value, label }) => ({ value, label }))}
    />
  );
}
