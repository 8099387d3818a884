import { KubeError } from '@understage/kube';
import { Connection } from '../CliWorld';
import { VerbContext } from '../Verb';
import type { Check, Finding } from './Check';
import { checkCharts } from './checkCharts';
import { checkDefinition } from './checkDefinition';
import { checkDeployer } from './checkDeployer';
import { checkNamespace } from './checkNamespace';
import { checkOperator } from './checkOperator';
import { checkTenantOfNamespace } from './checkTenant';

const clusterChecks: readonly Check[] = [
  checkDefinition,
  checkOperator,
  checkNamespace,
  checkTenantOfNamespace,
  checkDeployer,
];

async function attempt(
  check: Check,
  connection: Connection,
  context: VerbContext,
): Promise<Finding> {
  try {
    return {
      check: check.name,
      ...(await check.run(connection, context)),
    };
  } catch (error) {
    if (!(error instanceof KubeError)) throw error;
    return { check: check.name, verdict: 'unknown', message: error.message };
  }
}

/** Reaches the cluster with the cheapest read that everybody who may use it has. */
async function checkCluster(
  context: VerbContext,
): Promise<{ finding: Finding; connection?: Connection }> {
  const check = 'cluster';
  try {
    const connection = await context.connect();
    await checkDefinition.run(connection, context).catch(error => {
      // An answer, even a refusal, is a cluster that is there.
      const { status } =
        error instanceof KubeError ? error : { status: undefined };
      if (status === undefined || status === 401) throw error;
    });
    return {
      finding: {
        check,
        verdict: 'ok',
        message: `${connection.context || 'the cluster'} answers; namespace ${
          connection.namespace
        }`,
      },
      connection,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { finding: { check, verdict: 'problem', message } };
  }
}

/** Runs every check, in the order in which they build on each other. */
export async function runChecks(
  context: VerbContext,
): Promise<readonly Finding[]> {
  const { finding, connection } = await checkCluster(context);
  const charts = await checkCharts(context);
  if (!connection) {
    const skipped = clusterChecks.map(({ name }) => ({
      check: name,
      verdict: 'skipped' as const,
      message: 'the cluster does not answer',
    }));
    return [finding, ...skipped, charts];
  }
  const findings = await Promise.all(
    clusterChecks.map(check => attempt(check, connection, context)),
  );
  return [finding, ...findings, charts];
}
