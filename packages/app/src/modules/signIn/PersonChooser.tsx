import { useEffect, useState } from 'react';
import { Button, Container, Header, Skeleton } from '@backstage/ui';
import { discoveryApiRef, useApi } from '@backstage/frontend-plugin-api';
import { readPeople, Person } from './readPeople';
import styles from './signIn.module.css';

/** How long after an empty answer the people are asked for again: the catalog is still reading its first files. */
const AGAIN_MS = 1_000;

type Found =
  | { readonly kind: 'asking' }
  | { readonly kind: 'people'; readonly people: readonly Person[] };

/** The people of the playground: whoever is chosen is signed in. For development; `absent` is called where they can not be had. */
export function PersonChooser(props: {
  choose(person: Person): void;
  absent(): void;
}) {
  const { choose, absent } = props;
  const found = usePeople(absent);
  return (
    <>
      <Header title="Who are you today?" />
      <Container>
        <p className={styles.about}>
          For development: choose somebody, and see what they see. No password
          is asked.
        </p>
        {found.kind === 'asking' && (
          <div role="status" aria-label="Asking who there is">
            <Skeleton width="100%" height={240} />
          </div>
        )}
        {found.kind === 'people' && (
          <ul className={styles.people}>
            {found.people.map(person => (
              <li key={person.ref} className={styles.person}>
                <strong>{person.name}</strong>
                <span className={styles.description}>{person.description}</span>
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={`Sign in as ${person.name}`}
                  onPress={() => choose(person)}
                >
                  Sign in
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Container>
    </>
  );
}

function usePeople(absent: () => void): Found {
  const discovery = useApi(discoveryApiRef);
  const [found, setFound] = useState<Found>({ kind: 'asking' });
  useEffect(() => {
    let timer: number | undefined;
    const abort = new AbortController();
    const ask = async () => {
      try {
        const base = await discovery.getBaseUrl('auth');
        const people = await readPeople(base, abort.signal);
        if (abort.signal.aborted) return;
        if (!people) absent();
        else if (people.length > 0) setFound({ kind: 'people', people });
        else timer = window.setTimeout(ask, AGAIN_MS);
      } catch {
        // Why is said by the page that takes over: it meets the same backend.
        if (!abort.signal.aborted) absent();
      }
    };
    ask();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [discovery, absent]);
  return found;
}
