import { Button, Container, Header } from '@backstage/ui';
import styles from './signIn.module.css';

/** There is nobody to choose: the backend does not answer, or is not set up for it. */
export function NobodyThere(props: { again(): void }) {
  return (
    <>
      <Header title="Nobody can sign in yet" />
      <Container>
        <p className={styles.about} role="alert">
          The backend does not say who may sign in. It may still be starting, or
          its configuration has no <code>auth.providers.playground</code>, which
          is for development. Where people sign in with accounts of their own,
          set <code>auth.environment</code> to <code>production</code> and
          configure <code>auth.providers.oidc</code>.
        </p>
        <Button variant="primary" onPress={props.again}>
          Try again
        </Button>
      </Container>
    </>
  );
}
