import { explainScheduling, waitsForVolume } from './explainScheduling';

describe("the scheduler's message in a developer's words", () => {
  it.each([
    [
      '0/3 nodes are available: 2 Insufficient cpu, 1 node(s) were unschedulable. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.',
      '2 nodes have too little cpu, 1 node is cordoned',
    ],
    [
      '0/1 nodes are available: 1 Insufficient memory.',
      '1 node has too little memory',
    ],
    [
      '0/5 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 4 Insufficient nvidia.com/gpu.',
      '4 nodes have too little nvidia.com/gpu, 1 node has the taint node-role.kubernetes.io/control-plane, which is not tolerated',
    ],
    [
      "0/2 nodes are available: 2 node(s) had taint {dedicated: batch, x}, that the pod didn't tolerate.",
      '2 nodes have the taint dedicated, which is not tolerated',
    ],
    [
      '0/2 nodes are available: 2 node(s) had untolerated taint(s).',
      '2 nodes have taints that are not tolerated',
    ],
    [
      "0/4 nodes are available: 1 Too many pods, 3 node(s) didn't match Pod's node affinity/selector.",
      '1 node has as many pods as allowed, 3 nodes do not match its node selector',
    ],
    [
      "0/3 nodes are available: 3 node(s) didn't match pod topology spread constraints (missing required label).",
      '3 nodes would break its spreading',
    ],
    [
      "0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.",
      '3 nodes are ruled out by anti-affinity',
    ],
    [
      "0/3 nodes are available: 3 node(s) didn't satisfy existing pods anti-affinity rules.",
      '3 nodes are ruled out by anti-affinity',
    ],
    [
      "0/1 nodes are available: 1 node(s) didn't have free ports for the requested pod ports.",
      '1 node has the host port taken',
    ],
    [
      '0/2 nodes are available: 2 node(s) had volume node affinity conflict.',
      '2 nodes can not reach its volume',
    ],
    [
      '0/2 nodes are available: 2 node(s) exceed max volume count.',
      '2 nodes have as many volumes as allowed',
    ],
    [
      '0/2 nodes are available: 2 node(s) were in a mood.',
      '2 nodes: were in a mood',
    ],
    ['no nodes available to schedule pods', 'the cluster has no nodes'],
    ['0/0 nodes are available: .', 'the cluster has no nodes'],
    ['skip schedule deleting pod.', 'skip schedule deleting pod'],
    ['', ''],
  ])('%s', (message, expected) => {
    expect(explainScheduling(message)).toBe(expected);
  });

  it.each([
    [
      '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims. preemption: x',
      true,
    ],
    ['persistentvolumeclaim "data" not found', true],
    [
      '0/3 nodes are available: persistentvolumeclaim "data" is being deleted.',
      true,
    ],
    ['0/3 nodes are available: 3 Insufficient cpu.', false],
  ])('knows when a volume is what is waited for: %s', (message, expected) => {
    expect(waitsForVolume(message)).toBe(expected);
  });
});
