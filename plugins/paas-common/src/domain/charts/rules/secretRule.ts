import { ChartRule } from '../ChartRule';
import { RELEASE_SECRET_TYPE } from '../../releases/withheldSecrets';
import { whyReserved } from '../../reservedSecrets';
import { fieldsOf, textOf } from '../fields';

const refusedTypes = new Map([
  [
    'kubernetes.io/service-account-token',
    'a Secret of type kubernetes.io/service-account-token would be filled with the token of any service account of the namespace.',
  ],
  [
    RELEASE_SECRET_TYPE,
    `a Secret of type ${RELEASE_SECRET_TYPE} would pass for one in which the platform keeps a release.`,
  ],
]);

/** No Secret that Kubernetes would fill with a service account's token (it could be the deployer's), and none like ours. */
export const secretRule: ChartRule = object => {
  if (object.kind !== 'Secret') {
    return [];
  }
  const name = textOf(fieldsOf(object.metadata).name) ?? '';
  const why = whyReserved(name);
  const messages = [
    refusedTypes.get(textOf(object.type) ?? '') ?? [],
    why === undefined ? [] : `its name is the platform's own: it ${why}.`,
  ].flat();
  return messages.map(message => ({ reason: 'FieldNotAllowed', message }));
};
