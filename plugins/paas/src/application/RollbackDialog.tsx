import { useEffect, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
} from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { PlanAnswer } from '@understage/plugin-paas-common';
import { paasApiRef } from '../api/PaasApi';
import { PlanView, ProblemList } from '../components/PlanView';
import { Notice } from '../components/ViewStates';
import { useClock } from '../live/clock';
import { problemOf, ViewProblem } from '../model/problemOf';
import { weightOf } from '../model/planLines';
import { ApplicationView } from './view';
import styles from './application.module.css';

type Planned = PlanAnswer | { readonly kind: 'problem'; problem: ViewProblem };

/** Which way a release lies from the current one. */
export type RollVerb = 'Roll back' | 'Roll forward';

const doing: Readonly<Record<RollVerb, string>> = {
  'Roll back': 'Rolling back',
  'Roll forward': 'Rolling forward',
};

/** Shows what going back to a release would change, and does it when told to. */
export function RollbackDialog(
  props: ApplicationView & {
    revision: number;
    verb: RollVerb;
    close(): void;
  },
) {
  const { reference, action, revision, verb, close } = props;
  const { name } = reference;
  const api = useApi(paasApiRef);
  const clock = useClock();
  const [plan, setPlan] = useState<Planned>();
  useEffect(() => {
    let open = true;
    api.planRollback(reference, revision).then(
      answer => open && setPlan(answer),
      error => {
        if (!open) return;
        const problem = problemOf(error, clock.now().toISOString());
        setPlan({ kind: 'problem', problem });
      },
    );
    return () => {
      open = false;
    };
    // One plan for one dialog: live messages do not change it while it is read.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [api, clock, revision]);
  const rollBack = () => {
    close();
    action.run(`${doing[verb]} to release ${revision}`, async () => {
      await api.rollback(reference, revision);
      return `${name} is pinned to release ${revision}. The tab Releases lets the pin go again.`;
    });
  };
  const loses = plan?.kind === 'planned' && weightOf(plan.actions) === 'loss';
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={720}>
      <DialogHeader>
        {verb}: {name} to release {revision}?
      </DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          <PlanState plan={plan} />
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive={loses}
          isDisabled={plan?.kind !== 'planned'}
          onPress={rollBack}
        >
          {verb}
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function PlanState(props: { plan: Planned | undefined }) {
  const { plan } = props;
  switch (plan?.kind) {
    case 'planned':
      return <PlanView plan={plan} />;
    case 'invalid':
      return <ProblemList problems={plan.problems} title="Problems" />;
    case 'problem':
      return (
        <Notice tone="negative" role="alert">
          The plan could not be made: {plan.problem.message}
        </Notice>
      );
    default:
      return (
        <div role="status" aria-label="Making the plan">
          <Skeleton width="100%" height={120} />
        </div>
      );
  }
}
