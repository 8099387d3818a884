import { PaasClientError } from '@understage/plugin-paas-common';

/** Why something could not be read or done, for the screen. */
export type ViewProblem =
  | { readonly kind: 'forbidden'; readonly message: string }
  | { readonly kind: 'missing'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly at: string };

/**
 * Why something failed, as a person says it: without the chain of causes that Backstage appends (the sentence holds the
 * cause already), and without the browser's words for a server that it can not reach.
 */
export function plainReason(message: string): string {
  const own = message.replace(/;? caused by \w*Error: [\s\S]*$/, '');
  return /^(?:TypeError: )?(?:Failed to fetch|NetworkError.*|Load failed|network error)$/i.test(
    own,
  )
    ? 'The portal can not be reached.'
    : own;
}

/** The problem behind an error of the API; `at` is when it happened, RFC 3339. */
export function problemOf(error: unknown, at: string): ViewProblem {
  const message = plainReason(
    error instanceof Error ? error.message : String(error),
  );
  if (error instanceof PaasClientError) {
    if (error.kind === 'forbidden' || error.kind === 'unauthenticated') {
      return { kind: 'forbidden', message };
    }
    if (error.kind === 'missing') return { kind: 'missing', message };
  }
  return { kind: 'failed', message, at };
}
