/** How a kind of ours is spoken of. */
export interface KindWords {
  readonly kind: string;
  /** `an Application`. */
  readonly one: string;
  /** `the application`. */
  readonly it: string;
  readonly namespaced: boolean;
  /** What `spec` holds, after "a map with the fields of ...,". */
  readonly specFields: string;
  /** What `spec` does, after "`spec` is missing: it". */
  readonly specDoes: string;
}

/** Applications in sentences. */
export const applicationWords: KindWords = {
  kind: 'Application',
  one: 'an Application',
  it: 'the application',
  namespaced: true,
  specFields: '`components` first',
  specDoes: 'lists the `components` of the application',
};

/** Tenants in sentences. */
export const tenantWords: KindWords = {
  kind: 'Tenant',
  one: 'a Tenant',
  it: 'the tenant',
  namespaced: false,
  specFields: '`owner` and `environments` first',
  specDoes: 'names the `owner` and the `environments` of the tenant',
};
