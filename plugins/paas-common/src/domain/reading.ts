/** A value with its age: a view must say which of the three it shows. Times are RFC 3339 strings. */
export type Reading<T> =
  | { readonly kind: 'ok'; readonly value: T; readonly at: string }
  | {
      readonly kind: 'stale';
      readonly value: T;
      readonly at: string;
      readonly why: string;
    }
  | { readonly kind: 'unavailable'; readonly why: string };
