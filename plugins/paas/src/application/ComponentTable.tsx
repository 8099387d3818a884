import { Link } from 'react-router-dom';
import { ComponentStatus } from '@understage/plugin-paas-common';
import { ScrollBox } from '../components/ScrollBox';
import { CopyButton } from '../components/CopyButton';
import { StateChip } from '../components/StateChip';
import styles from './application.module.css';

const origins: Readonly<
  Record<NonNullable<ComponentStatus['image']>['from'], string>
> = {
  component: 'from the specification',
  build: 'from the last verified build',
  convention: "from the platform's convention",
  chart: 'from the chart',
};

/** The components: state, replicas, image and where it came from. */
export function ComponentTable(props: {
  components: readonly ComponentStatus[];
  objectsPath: string;
}) {
  const { components, objectsPath } = props;
  if (components.length === 0) {
    return <p className={styles.quiet}>No component is known yet.</p>;
  }
  return (
    <ScrollBox label="Table of components" className={styles.tableBox}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Component</th>
            <th scope="col">State</th>
            <th scope="col">Replicas</th>
            <th scope="col">Health</th>
            <th scope="col">Image</th>
          </tr>
        </thead>
        <tbody>
          {components.map(component => (
            <tr key={component.name}>
              <th scope="row" className={styles.nameCell}>
                <Link
                  to={`${objectsPath}?component=${encodeURIComponent(
                    component.name,
                  )}`}
                  className={styles.link}
                >
                  {component.name}
                </Link>
                <span className={styles.quiet}>{component.type}</span>
              </th>
              <td>
                <StateChip state={component.state} />
              </td>
              <td className={styles.number}>
                {component.replicas
                  ? `${component.replicas.ready}/${component.replicas.desired}`
                  : '–'}
              </td>
              <td className={styles.sentenceCell}>{component.message}</td>
              <td className={styles.imageCell}>
                <Image image={component.image} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Image(props: { image: ComponentStatus['image'] }) {
  const { image } = props;
  if (!image) return <>–</>;
  return (
    <div className={styles.image}>
      <code title={image.ref}>{image.ref}</code>
      <CopyButton text={image.ref} label={`Copy image ${image.ref}`} />
      <span className={styles.quiet}>{origins[image.from]}</span>
    </div>
  );
}
