import {
  ApplicationRef,
  PaasClient,
  PaasClientOptions,
} from '@understage/plugin-paas-common';
import { ApplicationFile, PaasApi } from './PaasApi';
import { pinRevision } from '../model/editYaml';

const bodyOf = ({ cluster, namespace, yaml }: ApplicationFile) => ({
  cluster,
  ...(namespace === '' ? {} : { namespace }),
  application: yaml,
});

/** The platform over its HTTP API. */
export function createPaasApi(options: PaasClientOptions): PaasApi {
  const client = new PaasClient(options);
  return {
    listApplications: (query, call) => client.listApplications(query, call),
    getApplication: (ref, call) => client.getApplication(ref, call),
    getObjectYaml: async (ref, { apiVersion, kind, name }, call) => {
      const object = { apiVersion, kind, name };
      return (await client.getObject(ref, object, call)).yaml;
    },
    listCharts: call => client.listCharts(call),
    getChart: (query, call) => client.getChart(query, call),
    listClusters: async call => (await client.listClusters(call)).items,
    plan: file => client.plan(bodyOf(file)),
    apply: (file, { force = false } = {}) =>
      client.apply({ ...bodyOf(file), ...(force && { force }) }),
    setPaused: async (ref, paused) => {
      await (paused ? client.pause(ref) : client.resume(ref));
    },
    planRollback: async (ref: ApplicationRef, revision: number) => {
      const { yaml } = await client.getApplication(ref);
      const application = pinRevision(yaml, revision);
      const { cluster, namespace } = ref;
      return client.plan({ cluster, namespace, application });
    },
    rollback: async (ref, revision) => {
      await client.rollback(ref, revision);
    },
    deleteApplication: async ref => {
      await client.deleteApplication(ref);
    },
    stream: (topics, handlers) => client.stream(topics, handlers),
    readLogs: (ref, query, handlers) => client.readLogs(ref, query, handlers),
  };
}
