import { Action } from '@understage/plugin-paas-common';
import { ClusterView } from '@understage/plugin-paas-node';

/** A view that never asks for Secrets: the portal's account may not read them, and should not. */
export function withoutSecretReads(view: ClusterView): ClusterView {
  return {
    list: async (type, query) =>
      type.kind === 'Secret' ? [] : view.list(type, query),
    get: async (type, key, options) =>
      type.kind === 'Secret' ? undefined : view.get(type, key, options),
    kubeVersion: options => view.kubeVersion(options),
    claimants: (type, query) => view.claimants(type, query),
  };
}

/** What a plan says of Secrets it has not looked at: that the operator decides. */
export function leaveSecrets(action: Action): Action {
  const { ref, component } = action;
  if (ref.kind !== 'Secret' || action.kind !== 'create') return action;
  return {
    kind: 'keep',
    ref,
    component,
    why: 'The portal does not read Secrets; the operator creates it or brings it up to date.',
  };
}
