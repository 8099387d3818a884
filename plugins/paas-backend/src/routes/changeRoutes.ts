import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { apiRoutes } from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import { ApplicationWriter } from '../changes/ApplicationWriter';
import { readTarget } from '../changes/readTarget';
import { userIdentity } from '../changes/UserIdentity';
import { RegisterContext, registerRoute } from '../http/registerRoute';

export interface ChangeRoutesOptions extends RegisterContext {
  readonly clusters: PaasClusters;
  readonly userInfo: UserInfoService;
}

/** Everything that changes something. Each change is made in the cluster as the signed-in user, and is audited. */
export function addChangeRoutes(options: ChangeRoutesOptions): void {
  const { clusters, userInfo, access } = options;
  const writerFor = async (
    credentials: BackstageCredentials,
    cluster: string,
  ) => {
    const identity = await userIdentity(credentials, userInfo);
    return new ApplicationWriter(clusters, cluster, identity);
  };

  registerRoute(options, apiRoutes.apply, async ({ body, ...call }) => {
    const target = await readTarget({ ...options, ...call, body, to: 'apply' });
    if (target.kind === 'invalid') return target;
    const { application, ref, record, warnings } = target;
    call.note({ ...ref });
    const writer = await writerFor(call.credentials, ref.cluster);
    const { force = false } = body;
    const { namespace } = ref;
    const before = record?.application;
    const applied = await writer.apply(application, {
      namespace,
      before,
      force,
    });
    if (applied.kind === 'invalid') {
      const problems = [{ path: '', message: applied.message }];
      return { kind: 'invalid' as const, problems };
    }
    if (applied.kind === 'conflict') {
      call.note({ refused: applied.message });
      return applied;
    }
    const { changed } = applied;
    return { kind: 'applied' as const, ref, changed, warnings };
  });

  registerRoute(options, apiRoutes.rollback, async call => {
    const record = await access.visible(call.credentials, call.params);
    const writer = await writerFor(call.credentials, record.ref.cluster);
    return { changed: await writer.pin(record, call.body.revision) };
  });

  registerRoute(options, apiRoutes.pause, async call => {
    const record = await access.visible(call.credentials, call.params);
    const writer = await writerFor(call.credentials, record.ref.cluster);
    return { changed: await writer.pause(record, true) };
  });

  registerRoute(options, apiRoutes.resume, async call => {
    const record = await access.visible(call.credentials, call.params);
    const writer = await writerFor(call.credentials, record.ref.cluster);
    return { changed: await writer.pause(record, false) };
  });

  registerRoute(options, apiRoutes.deleteApplication, async call => {
    const record = await access.visible(call.credentials, call.params);
    const writer = await writerFor(call.credentials, record.ref.cluster);
    const uid = call.query.uid ?? record.uid;
    return { changed: await writer.delete(record, uid) };
  });
}
