import { Action } from '../action';
import { desiredOf, objectOf } from './testing/desiredOf';
import { applied, plan } from './testing/planning';

const deployment = objectOf('Deployment', 'shop-web', {
  spec: { replicas: 2 },
});

describe('a workload that an autoscaler scales', () => {
  const scaler = objectOf('HorizontalPodAutoscaler', 'mine', {
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'shop-web',
      },
    },
  });
  const replicasOf = (action: Action) =>
    action.kind === 'create' || action.kind === 'update'
      ? Object(action.object.spec).replicas
      : 'none';

  it('is created and compared without replicas', () => {
    const [created] = plan(desiredOf([deployment]), [scaler]);
    expect(created.kind).toBe('create');
    expect(replicasOf(created)).toBeUndefined();

    const running = {
      ...applied({ ...deployment, spec: {} }),
      spec: { replicas: 7 },
    };
    expect(plan(desiredOf([deployment]), [scaler, running])).toMatchObject([
      { kind: 'none' },
    ]);
  });

  it('keeps its size when the autoscaler is new: the field is sent as it is until it is handed over', () => {
    const ours = {
      ...applied(deployment),
      metadata: {
        ...applied(deployment).metadata,
        managedFields: [
          {
            manager: 'understage',
            operation: 'Apply',
            fieldsV1: { 'f:spec': { 'f:replicas': {} } },
          },
        ],
      },
    };
    const [action] = plan(desiredOf([deployment]), [scaler, ours]);
    expect(action.kind).toBe('update');
    expect(replicasOf(action)).toBe(2);
  });

  it('is no longer sent a size once the autoscaler has set one', () => {
    const theirs = {
      ...applied(deployment),
      spec: { replicas: 7 },
      metadata: {
        ...applied(deployment).metadata,
        managedFields: [
          {
            manager: 'understage',
            operation: 'Apply',
            fieldsV1: { 'f:spec': {} },
          },
        ],
      },
    };
    const [action] = plan(desiredOf([deployment]), [scaler, theirs]);
    expect(action.kind).toBe('update');
    expect(replicasOf(action)).toBeUndefined();
  });
});
