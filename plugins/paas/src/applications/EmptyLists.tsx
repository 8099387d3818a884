import { Button, ButtonLink } from '@backstage/ui';
import { Command, EmptyState } from '../components/ViewStates';
import { useRootPath } from '../routes';

/** No application exists that the user may see. */
export function NoApplications() {
  const root = useRootPath();
  return (
    <EmptyState
      title="Nothing runs here yet"
      actions={
        <ButtonLink href={`${root}/new`} variant="primary">
          Create application
        </ButtonLink>
      }
    >
      <p style={{ margin: 0 }}>
        Describe an application in one file and apply it, here or from a
        terminal:
      </p>
      <Command>paas apply -f application.yaml</Command>
    </EmptyState>
  );
}

/** Not every cluster could be asked: that nothing is known does not mean that nothing runs. */
export function NothingKnown() {
  return (
    <EmptyState title="No application is known">
      <p style={{ margin: 0 }}>
        Not every cluster could be asked, so this is not all there is. What runs
        keeps running; it appears here by itself when the cluster answers again.
      </p>
    </EmptyState>
  );
}

/** Applications exist, none of them matches. */
export function NoMatches(props: { clear(): void }) {
  return (
    <EmptyState
      title="No application matches"
      actions={
        <Button variant="secondary" onPress={props.clear}>
          Clear all filters
        </Button>
      }
    >
      <p style={{ margin: 0 }}>
        The filters above leave nothing. New matches appear here by themselves.
      </p>
    </EmptyState>
  );
}
