import { useState } from 'react';
import { Button } from '@backstage/ui';
import {
  isolationDimensions,
  IsolationLayer,
  TenantCheck,
  TenantEnvironmentDetail,
} from '@understage/plugin-paas-common';
import { CopyButton } from '../components/CopyButton';
import { Section } from '../components/Section';
import { TenantView } from './view';
import tones from '../components/tones.module.css';
import styles from './tenants.module.css';

const dimensionTitles = {
  network: 'Network',
  resources: 'Resources',
  identity: 'Identity',
  storage: 'Storage',
  podSecurity: 'Pod security',
};

const layerTitles: Readonly<Record<IsolationLayer, string>> = {
  rbac: 'roles (RBAC)',
  admissionPolicy: 'an admission policy',
  podSecurity: 'Pod Security',
  quota: 'the quota',
  validation: 'validation',
  evaluator: 'evaluating the network policies',
};

/** What was found, in words; only what was seen to be refused is green. */
const results: Readonly<
  Record<TenantCheck['result'], { word: string; tone: string }>
> = {
  enforced: { word: 'Enforced', tone: tones.positive },
  notEnforced: { word: 'Not enforced', tone: tones.negative },
  unknown: { word: 'Unknown', tone: tones.warning },
};

/** What was tried to break out of the tenant, and who refused it. */
export function IsolationTab(props: TenantView) {
  return (
    <div className={styles.sections}>
      {props.detail.environments.map(environment => (
        <EnvironmentChecks key={environment.name} environment={environment} />
      ))}
    </div>
  );
}

function EnvironmentChecks(props: { environment: TenantEnvironmentDetail }) {
  const { name, namespace, checks } = props.environment;
  const enforced = checks.filter(({ result }) => result === 'enforced').length;
  return (
    <Section title={`Environment ${name}`}>
      <p className={styles.sentence}>
        {checks.length === 0
          ? `Nothing was tried in namespace ${namespace} yet: whether it is isolated is not known.`
          : `${checks.length} forbidden things are tried in namespace ${namespace}; ${enforced} of them were seen to be refused.`}
      </p>
      {isolationDimensions.map(dimension => {
        const some = checks.filter(check => check.dimension === dimension);
        if (some.length === 0) return null;
        return (
          <section key={dimension} aria-label={dimensionTitles[dimension]}>
            <h4 className={styles.environmentName}>
              {dimensionTitles[dimension]}
            </h4>
            <ul className={styles.checks}>
              {some.map(check => (
                <CheckLine key={check.id} check={check} />
              ))}
            </ul>
          </section>
        );
      })}
    </Section>
  );
}

function CheckLine(props: { check: TenantCheck }) {
  const { check } = props;
  const [open, setOpen] = useState(false);
  const { word, tone } = results[check.result];
  return (
    <li className={styles.check}>
      <span className={`${styles.verdict} ${tone}`}>{word}</span>
      <div className={styles.checkText}>
        <span>{check.title}</span>
        {check.by && (
          <span className={styles.quiet}>
            {check.by === 'evaluator' ? 'Proved by' : 'Refused by'}{' '}
            {layerTitles[check.by]}
          </span>
        )}
        {open && (
          <div className={styles.evidence}>
            <code>{check.evidence}</code>
            <CopyButton text={check.evidence} label="Copy the evidence" />
          </div>
        )}
      </div>
      <Button
        size="small"
        variant="tertiary"
        aria-expanded={open}
        aria-label={`Evidence: ${check.title}`}
        onPress={() => setOpen(!open)}
      >
        {open ? 'Hide' : 'Evidence'}
      </Button>
    </li>
  );
}
