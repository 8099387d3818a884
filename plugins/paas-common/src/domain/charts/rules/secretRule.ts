import { ChartRule } from '../ChartRule';
import { textOf } from '../fields';

/** No Secret that Kubernetes would fill with a service account's token: it could be the deployer's. */
export const secretRule: ChartRule = object =>
  object.kind === 'Secret' &&
  textOf(object.type) === 'kubernetes.io/service-account-token'
    ? [
        {
          reason: 'FieldNotAllowed',
          message:
            'a Secret of type kubernetes.io/service-account-token would be filled with the token of any service account of the namespace.',
        },
      ]
    : [];
