import { WorkloadExtra } from './WorkloadExtra';

/** A writable `/tmp` where the root file system is read-only, unless the component mounts something there itself. */
export const scratchSpace: WorkloadExtra = {
  name: 'scratchSpace',
  render: ({ component }) => {
    const mounted = component.volumes.some(
      volume => volume.mountPath.replace(/\/+$/, '') === '/tmp',
    );
    if (!component.readOnlyRootFilesystem || mounted) {
      return {};
    }
    return {
      volumes: [{ name: 'understage-tmp', emptyDir: {} }],
      volumeMounts: [{ name: 'understage-tmp', mountPath: '/tmp' }],
    };
  },
};
