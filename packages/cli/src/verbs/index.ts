import { Verb } from '../Verb';
import { apply } from './apply';
import { completionFor } from './completion';
import { deletion } from './delete';
import { doctor } from './doctor';
import { explain } from './explain';
import { history } from './history';
import { logs } from './logs';
import { plan } from './plan';
import { render } from './render';
import { rollback } from './rollback';
import { status } from './status';
import { tenant } from './tenant';
import { tree } from './tree';
import { validate } from './validate';
import { version } from './version';

const withoutCompletion: readonly Verb[] = [
  validate,
  render,
  plan,
  apply,
  status,
  tree,
  logs,
  history,
  rollback,
  deletion,
  tenant,
  explain,
  doctor,
  version,
];

/** Every verb, in the order of `--help`. */
export const verbs: readonly Verb[] = [
  ...withoutCompletion,
  completionFor(withoutCompletion),
];
