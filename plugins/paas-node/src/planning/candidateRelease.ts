import {
  ChartOutcome,
  Desired,
  newestRelease,
  nextRelease,
  Release,
  RenderedChart,
  ResolvedImage,
} from '@understage/plugin-paas-common';
import { Pin } from './pinnedRelease';

/** The release that a plan runs. */
export type ReleaseCandidate =
  /** One that is kept already: the pinned one, or the newest because nothing changed. */
  | { readonly kind: 'kept'; readonly release: Release }
  /** One to be written before the plan is executed. */
  | { readonly kind: 'new'; readonly release: Release }
  /** None: the pinned one is gone, or nothing at all could be rendered. */
  | { readonly kind: 'none' };

function imagesOf(desired: Desired): Readonly<Record<string, ResolvedImage>> {
  return Object.fromEntries(
    desired.components.flatMap(({ name, image }) =>
      image === undefined ? [] : [[name, image]],
    ),
  );
}

function chartsOf(
  charts: Readonly<Record<string, ChartOutcome>>,
): Readonly<Record<string, RenderedChart>> {
  return Object.fromEntries(
    Object.entries(charts).flatMap(([name, outcome]) =>
      outcome.kind === 'rendered' ? [[name, outcome.chart]] : [],
    ),
  );
}

/**
 * Which release a plan runs. A component that waits (for an image, for a repository) does not hold the release up: what
 * was resolved has to be kept, or a chart that draws a random password would draw a new one at each look.
 */
export function candidateRelease(options: {
  readonly desired: Desired;
  readonly charts: Readonly<Record<string, ChartOutcome>>;
  readonly pin: Pin;
  /** Newest first. */
  readonly releases: readonly Release[];
  readonly now: Date;
}): ReleaseCandidate {
  const { desired, charts, pin, releases, now } = options;
  if (pin.kind === 'found') return { kind: 'kept', release: pin.release };
  if (pin.kind === 'missing' || desired.objects.length === 0) {
    return { kind: 'none' };
  }
  const next = nextRelease({
    spec: desired.application.spec,
    images: imagesOf(desired),
    charts: chartsOf(charts),
    history: releases,
    now,
  });
  if (next) return { kind: 'new', release: next };
  const newest = newestRelease(releases);
  return newest ? { kind: 'kept', release: newest } : { kind: 'none' };
}
