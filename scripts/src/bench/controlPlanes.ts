import { ControlPlane, startOwnControlPlane } from '../stack/controlPlane';
import { installPlatform } from '../stack/install';
import { Progress } from '../stack/progress';

/** A control plane of its own with the platform installed and no application on it; whoever asks for it stops it. */
export async function emptyControlPlane(
  nodes: number,
  progress: Progress,
): Promise<ControlPlane> {
  const plane = await startOwnControlPlane(
    { install: true, nodes, port: 0, examples: 'none' },
    progress,
  );
  try {
    await installPlatform(plane);
    return plane;
  } catch (error) {
    await plane.stop();
    throw error;
  }
}
