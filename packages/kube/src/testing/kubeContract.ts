/* eslint-disable jest/no-export, jest/valid-title -- a contract is a suite that others call */
import { applyContract } from './contract/applyContract';
import { ContractWorld } from './contract/contractWorld';
import { deleteContract } from './contract/deleteContract';
import { identityContract } from './contract/identityContract';
import { readContract } from './contract/readContract';
import { watchContract } from './contract/watchContract';
import { writeContract } from './contract/writeContract';

/**
 * What every KubeCluster does, real or not. Where the double and the real API server differ, the double is wrong.
 * `start` makes the world that all tests share; each takes a namespace of its own.
 */
export function kubeContract(
  name: string,
  start: () => Promise<ContractWorld>,
): void {
  describe(name, () => {
    let running: ContractWorld | undefined;
    const world = (): ContractWorld => {
      if (!running) throw new Error('the world has not been started yet');
      return running;
    };

    beforeAll(async () => {
      running = await start();
    });
    afterAll(async () => {
      await running?.close();
    });

    readContract(world);
    writeContract(world);
    applyContract(world);
    deleteContract(world);
    identityContract(world);
    // Last, because it makes the cluster forget.
    watchContract(world);
  });
}
