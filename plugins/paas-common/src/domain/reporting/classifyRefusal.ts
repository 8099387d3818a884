import { explainRefusal, Refused } from '../health/explainRefusal';
import { shortText } from '../health/explainContainer';
import { ObjectRef } from '../kubernetes';
import { DEPLOYER, PROVISIONER } from '../labels';
import { refText } from '../planning';

/** An answer of the API server other than "written"; the shape of the writer's outcomes in `packages/kube`. */
export type RefusedWrite =
  | {
      readonly kind: 'conflict';
      readonly message: string;
      readonly managers: readonly string[];
    }
  | { readonly kind: 'forbidden'; readonly message: string }
  | {
      readonly kind: 'invalid';
      readonly message: string;
      readonly fields: readonly string[];
    }
  | { readonly kind: 'missing'; readonly message: string };

function sentence(
  ref: ObjectRef,
  reason: Refused['reason'],
  what: string,
): Refused {
  return { reason, message: `${refText(ref)} was not written: ${what}.` };
}

/** What the account that writes tenants' bundles may not do, though it must. */
function byProvisioner(message: string): string | undefined {
  const remedy = 'install deploy/provisioner-rbac.yaml';
  const [, verb, resource] =
    new RegExp(`:${PROVISIONER}" cannot (\\w+) resource "([^"]+)"`).exec(
      message,
    ) ?? [];
  if (verb !== undefined)
    return `the service account ${PROVISIONER} may not ${verb} ${resource}; ${remedy}`;
  return message.includes(`:${PROVISIONER}"`) &&
    message.includes('attempting to grant RBAC permissions')
    ? `the service account ${PROVISIONER} may not give rights that it does not have; ${remedy}`
    : undefined;
}

function forbidden(ref: ObjectRef, message: string): Refused {
  const explained = explainRefusal(message);
  if (explained) return sentence(ref, explained.reason, explained.message);
  if (/because it is being terminated/.test(message)) {
    return sentence(ref, 'Deleting', 'the namespace is being deleted');
  }
  const deployer = new RegExp(
    `"system:serviceaccount:([^:"]+):${DEPLOYER}" cannot (\\w+) resource "([^"]+)"`,
  ).exec(message);
  if (deployer) {
    return sentence(
      ref,
      'NoDeployer',
      `the service account ${DEPLOYER} of namespace ${deployer[1]} does not exist or may not ${deployer[2]} ${deployer[3]}; the platform team prepares namespaces`,
    );
  }
  const provisioner = byProvisioner(message);
  if (provisioner !== undefined) return sentence(ref, 'Forbidden', provisioner);
  if (/cannot impersonate/.test(message)) {
    const [, who = DEPLOYER] =
      /serviceaccounts "([^"]+)" is forbidden/.exec(message) ?? [];
    return who === PROVISIONER
      ? sentence(
          ref,
          'Forbidden',
          `Understage may not act as ${PROVISIONER}; install deploy/operator-rbac.yaml and deploy/provisioner-rbac.yaml`,
        )
      : sentence(
          ref,
          'NoDeployer',
          `Understage may not act as ${DEPLOYER} of this namespace; the platform team prepares namespaces`,
        );
  }
  if (/only dynamically provisioned pvc can be resized/.test(message)) {
    return sentence(
      ref,
      'ImmutableField',
      'its storage class does not let volumes grow; ask for the former size, or move the data to a new volume under another name',
    );
  }
  return sentence(ref, 'Forbidden', shortText(message));
}

function invalid(ref: ObjectRef, message: string): Refused {
  if (
    /field is immutable|updates to statefulset spec|is immutable after creation|may not change once set/.test(
      message,
    )
  ) {
    return sentence(
      ref,
      'ImmutableField',
      `${shortText(
        message,
      )}; undo the change, or delete the object at a time when that loses nothing: it is created again`,
    );
  }
  const explained = explainRefusal(message);
  return explained
    ? sentence(ref, explained.reason, explained.message)
    : sentence(ref, 'AdmissionRefused', shortText(message));
}

function missing(ref: ObjectRef, message: string): Refused {
  if (/namespaces "[^"]+" not found/.test(message))
    return sentence(
      ref,
      'NoDeployer',
      `the namespace ${ref.namespace ?? ''} does not exist`,
    );
  return sentence(ref, 'ApplyFailed', shortText(message));
}

/** Why the API server did not take an object, in our vocabulary, with one sentence for the reader. */
export function classifyRefusal(
  ref: ObjectRef,
  outcome: RefusedWrite,
): Refused {
  switch (outcome.kind) {
    case 'conflict': {
      const managers =
        outcome.managers.length === 0
          ? 'another field manager'
          : `field manager ${outcome.managers.join(', ')}`;
      return sentence(
        ref,
        'FieldConflict',
        `${managers} owns a field that we have to set (${shortText(
          outcome.message,
        )})`,
      );
    }
    case 'forbidden':
      return forbidden(ref, outcome.message);
    case 'invalid':
      return invalid(ref, outcome.message);
    default:
      return missing(ref, outcome.message);
  }
}
