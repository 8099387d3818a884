import { Checked } from '../domain/problem';
import { Tenant, TENANT_API_VERSION, TenantSpec } from '../schema/Tenant';
import { checkResource, ResourceReader } from './checkResource';
import { checkTenantSpec } from './checkTenantSpec';
import { Locate } from './finding';
import { tenantWords } from './kindWords';
import { ReadDocument, readDocuments } from './readDocuments';

const reader: ResourceReader<TenantSpec, Tenant> = {
  words: tenantWords,
  checkSpec: checkTenantSpec,
  build: (metadata, spec) => {
    const { namespace: _, ...rest } = metadata;
    return {
      apiVersion: TENANT_API_VERSION,
      kind: 'Tenant',
      metadata: rest,
      spec,
    };
  },
};

/**
 * Reads a document as a Tenant: the whole of it with defaults filled in, references whole and in lower case, or every
 * problem at once. Takes anything and never throws. `locate` gives the problems their lines and columns.
 */
export function checkTenant(value: unknown, locate?: Locate): Checked<Tenant> {
  return checkResource(value, reader, locate);
}

/** One Tenant of a file, or why it is none. */
export type ReadTenant = ReadDocument<Tenant>;

/**
 * Reads the Tenants of a file: YAML with any number of documents, or JSON. Answers with one entry a document, at least
 * one; never throws. `file` is the name to show, nothing is read from it.
 */
export function readTenants(
  text: string,
  options: { readonly file?: string } = {},
): readonly ReadTenant[] {
  return readDocuments(text, checkTenant, options);
}
