/**
 * Whether a namespace is the cluster's own or the platform's: nobody's to be given out. Equal to the rule in the CRD and in
 * deploy/admission.yaml.
 */
export function isReservedNamespace(name: string): boolean {
  return name === 'default' || /^(kube|understage)(-|$)/.test(name);
}
