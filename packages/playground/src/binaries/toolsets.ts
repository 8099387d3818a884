/** The programs of a playground, by the name of their file. */
export type BinaryName =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubectl'
  | 'kwok'
  | 'helm';

/** How one program is built, and how a program found elsewhere is recognised as good enough. */
export interface BinarySource {
  readonly name: BinaryName;
  /** The Go package of its `main`. */
  readonly goPackage: string;
  /** Arguments that print the version. */
  readonly versionArguments: readonly string[];
  /** Matches the printed version when a program that we did not build may be used. */
  readonly fits: RegExp;
}

/** Programs that share one pinned go.mod, found under `tools/<folder>`. */
export interface Toolset {
  readonly folder: string;
  readonly linkerFlags: string;
  readonly binaries: readonly BinarySource[];
}

const KUBERNETES = { major: '1', minor: '36', patch: '3' };
const HELM_VERSION = 'v4.3.1';

/** Helm, client libraries and others refuse the version `v0.0.0-master` of an unstamped build. */
function kubernetesVersionFlags(): string {
  const { major, minor, patch } = KUBERNETES;
  const stamps = {
    gitVersion: `v${major}.${minor}.${patch}`,
    gitMajor: major,
    gitMinor: minor,
    gitTreeState: 'clean',
    gitCommit: 'understage',
    buildDate: '1970-01-01T00:00:00Z',
  };
  return ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version']
    .flatMap(target =>
      Object.entries(stamps).map(
        ([key, value]) => `-X ${target}.${key}=${value}`,
      ),
    )
    .join(' ');
}

const ourKubernetes = new RegExp(
  `\\bv${KUBERNETES.major}\\.${KUBERNETES.minor}\\.\\d+`,
);

function kubernetesCommand(
  name: BinaryName,
  versionArguments: readonly string[],
): BinarySource {
  return {
    name,
    goPackage: `k8s.io/kubernetes/cmd/${name}`,
    versionArguments,
    fits: ourKubernetes,
  };
}

/** Every toolset, in the order of building: the shortest wait for a usable control plane first. */
export const toolsets: readonly Toolset[] = [
  {
    folder: 'kubernetes',
    linkerFlags: `-s -w ${kubernetesVersionFlags()}`,
    binaries: [
      {
        name: 'etcd',
        goPackage: 'go.etcd.io/etcd/server/v3',
        versionArguments: ['--version'],
        fits: /etcd Version: 3\.6\.\d+/,
      },
      kubernetesCommand('kube-apiserver', ['--version']),
      kubernetesCommand('kube-controller-manager', ['--version']),
      kubernetesCommand('kube-scheduler', ['--version']),
      kubernetesCommand('kubectl', ['version', '--client']),
    ],
  },
  {
    folder: 'kwok',
    linkerFlags: '-s -w',
    binaries: [
      {
        name: 'kwok',
        goPackage: 'sigs.k8s.io/kwok/cmd/kwok',
        versionArguments: ['--version'],
        fits: /\bv0\.7\.\d+/,
      },
    ],
  },
  {
    folder: 'helm',
    linkerFlags: `-s -w -X helm.sh/helm/v4/internal/version.version=${HELM_VERSION}`,
    binaries: [
      {
        name: 'helm',
        goPackage: 'helm.sh/helm/v4/cmd/helm',
        versionArguments: ['version'],
        fits: /\bv4\.\d+/,
      },
    ],
  },
];

/** The names of all programs, in the order of building. */
export const binaryNames: readonly BinaryName[] = toolsets.flatMap(toolset =>
  toolset.binaries.map(binary => binary.name),
);
