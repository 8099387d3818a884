import { useEffect, useState } from 'react';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
  TextField,
} from '@backstage/ui';
import { useApi } from '@backstage/frontend-plugin-api';
import { OffboardingPlan } from '@understage/plugin-paas-common';
import { tenantsApiRef } from '../api/TenantsApi';
import { PlanView } from '../components/PlanView';
import { Notice } from '../components/ViewStates';
import { useClock } from '../live/clock';
import { problemOf, ViewProblem } from '../model/problemOf';
import { TenantView } from './view';
import styles from './tenants.module.css';

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Shows what goes and what stays, and asks for the tenant's name before anything does. */
export function OffboardDialog(props: TenantView & { close(): void }) {
  const { tenant, action, reload, close } = props;
  const { cluster, name } = tenant;
  const api = useApi(tenantsApiRef);
  const clock = useClock();
  const [plan, setPlan] = useState<OffboardingPlan>();
  const [problem, setProblem] = useState<ViewProblem>();
  const [typed, setTyped] = useState('');
  useEffect(() => {
    const abort = new AbortController();
    api.planOffboarding({ cluster, name }, { signal: abort.signal }).then(
      found => !abort.signal.aborted && setPlan(found),
      error => {
        if (abort.signal.aborted) return;
        setProblem(problemOf(error, clock.now().toISOString()));
      },
    );
    return () => abort.abort();
  }, [api, clock, cluster, name]);

  const offboard = () => {
    if (!plan) return;
    close();
    action.run(`Offboarding ${name}`, async () => {
      await api.offboard(tenant, { uid: plan.uid, confirm: plan.confirm });
      reload();
      return plan.policy === 'Retain'
        ? `${name} is being offboarded. Its namespaces and volumes are kept.`
        : `${name} is being offboarded. Its namespaces are deleted with what is in them.`;
    });
  };
  const confirmed = plan !== undefined && typed === plan.confirm;
  return (
    <Dialog isOpen onOpenChange={open => !open && close()} width={640}>
      <DialogHeader>Offboard {name}?</DialogHeader>
      <DialogBody>
        <div className={styles.dialog}>
          {problem && (
            <Notice tone="negative" role="alert">
              What would go and what would stay could not be read:{' '}
              {problem.message}
            </Notice>
          )}
          {!plan && !problem && (
            <div role="status" aria-label="Reading what goes and what stays">
              <Skeleton width="100%" height={200} />
            </div>
          )}
          {plan && (
            <>
              <WhatGoes plan={plan} />
              <Button
                size="small"
                variant="secondary"
                onPress={() => download(`${name}.yaml`, plan.export)}
              >
                Download everything as one file
              </Button>
              <TextField
                label={`Type ${plan.confirm} to confirm`}
                value={typed}
                onChange={setTyped}
                autoComplete="off"
              />
            </>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button
          variant="primary"
          destructive
          isDisabled={!confirmed}
          onPress={offboard}
        >
          Offboard tenant
        </Button>
        <Button variant="secondary" onPress={close}>
          Cancel
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function WhatGoes(props: { plan: OffboardingPlan }) {
  const { plan } = props;
  const retains = plan.policy === 'Retain';
  return (
    <>
      <p>
        {retains
          ? 'Its namespaces stay, with what runs in them; members and the platform lose their access.'
          : 'Its namespaces are deleted, with every application in them. This can not be undone.'}
      </p>
      {plan.applications.length > 0 && (
        <p>
          {retains ? 'Stay' : 'Go'}:{' '}
          {plan.applications
            .map(({ namespace, name }) => `${namespace}/${name}`)
            .join(', ')}
        </p>
      )}
      {plan.volumes.length > 0 && (
        <div className={styles.tableBox}>
          <table className={styles.table} aria-label="Volumes">
            <thead>
              <tr>
                <th scope="col">Volume</th>
                <th scope="col">Size</th>
                <th scope="col">When its claim goes</th>
              </tr>
            </thead>
            <tbody>
              {plan.volumes.map(({ name, claim, capacity, reclaimPolicy }) => (
                <tr key={name}>
                  <th scope="row">{claim ?? name}</th>
                  <td data-label="Size">{capacity}</td>
                  <td data-label="When its claim goes">{reclaimPolicy}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <PlanView
        plan={{
          kind: 'planned',
          actions: plan.actions,
          summary: plan.summary,
          warnings: [],
        }}
      />
    </>
  );
}
