import { z } from 'zod';
import { ApplicationSpec } from './Application';
import { applicationSpecSchema } from './applicationSchema';
import { ApplicationStatus } from './ApplicationStatus';
import { Component } from './Component';
import { componentSchema } from './componentSchema';
import { PlatformConfig } from './PlatformConfig';
import { platformConfigSchema } from './platformSchema';
import { applicationStatusSchema } from './statusSchema';

/** A type without `readonly` and with interfaces spelled out, so that two of them can be compared. */
type Plain<T> = T extends object
  ? { -readonly [K in keyof T]: Plain<T[K]> }
  : T;

/** `true` when both types are the same, optional fields included. */
type Same<A, B> = (<T>() => T extends Plain<A> ? 1 : 2) extends <
  T,
>() => T extends Plain<B> ? 1 : 2
  ? true
  : false;

describe('declared types', () => {
  it('say field by field what the schemas say; the compiler decides', () => {
    const spec: Same<
      z.output<typeof applicationSpecSchema>,
      ApplicationSpec
    > = true;
    const component: Same<z.output<typeof componentSchema>, Component> = true;
    const status: Same<
      z.output<typeof applicationStatusSchema>,
      ApplicationStatus
    > = true;
    const platform: Same<
      z.output<typeof platformConfigSchema>,
      PlatformConfig
    > = true;
    expect([spec, component, status, platform]).not.toContain(false);
  });
});
