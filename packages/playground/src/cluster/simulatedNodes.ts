const ZONES = ['a', 'b', 'c'];
const REGION = 'playground';

const CAPACITY = {
  cpu: '16',
  memory: '64Gi',
  'ephemeral-storage': '200Gi',
  pods: '110',
};

// What a kubelet of that size keeps for itself and the system.
const ALLOCATABLE = {
  cpu: '15800m',
  memory: '62Gi',
  'ephemeral-storage': '180Gi',
  pods: '110',
};

/** The label by which everybody can tell that nothing really runs on a node. */
export const SIMULATED_LABEL = 'understage.dev/simulated';

/** The n-th simulated node (from 1) as its kubelet would register it: one of three zones, 16 cores, 64 GiB, 110 pods. */
export function simulatedNode(position: number): {
  readonly metadata: { readonly name: string };
} {
  const name = `node-${position}`;
  const zone = `${REGION}-${ZONES[(position - 1) % ZONES.length]}`;
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      annotations: { 'kwok.x-k8s.io/node': 'fake' },
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'node.kubernetes.io/instance-type': 'simulated',
        'topology.kubernetes.io/region': REGION,
        'topology.kubernetes.io/zone': zone,
        [SIMULATED_LABEL]: 'true',
        type: 'kwok',
      },
    },
    status: {
      capacity: CAPACITY,
      allocatable: ALLOCATABLE,
      nodeInfo: {
        architecture: 'amd64',
        operatingSystem: 'linux',
        kubeletVersion: 'v1.36.3',
        containerRuntimeVersion: 'simulated://0.7.0',
        osImage: 'simulated by kwok',
        kernelVersion: 'simulated',
        kubeProxyVersion: '',
        bootID: '',
        machineID: '',
        systemUUID: '',
      },
    },
  };
  return node;
}
