import { disruptionBudget } from './disruptionBudget';
import { expose } from './expose';
import { files } from './files';
import { metrics } from './metrics';
import { scratchSpace } from './scratchSpace';
import { serviceAccount } from './serviceAccount';
import { volumes } from './volumes';
import { WorkloadExtra } from './WorkloadExtra';

/** Everything that is rendered around a workload. "Render one more object" is a file here and a line in this list. */
export const workloadExtras: readonly WorkloadExtra[] = [
  serviceAccount,
  files,
  volumes,
  scratchSpace,
  disruptionBudget,
  expose,
  metrics,
];
