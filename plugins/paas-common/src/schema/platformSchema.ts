import { z } from 'zod';
import { dnsLabel, dnsName } from './fieldTypes';

const repositorySchema = z.strictObject({
  url: z
    .string()
    .min(1)
    .max(2048)
    .regex(/^(https?|oci):\/\/[^\s/?#]+[^\s?#]*$/)
    .meta({
      allowed: 'an address that begins with https://, http:// or oci://',
    })
    .describe('Address of the repository, without credentials.'),
  hosts: z
    .array(
      z
        .string()
        .min(1)
        .max(260)
        .regex(/^[A-Za-z0-9.-]+(:[0-9]{1,5})?$/),
    )
    .max(16)
    .optional()
    .meta({ allowed: 'a list of `host` or `host:port`' })
    .describe(
      'Further hosts that archives may come from, where the index names or redirects to others than its own.',
    ),
  plainHttp: z
    .boolean()
    .optional()
    .describe(
      'For `oci://` only: talk HTTP without TLS, as a registry on the same machine does.',
    ),
});

const ingressSchema = z.strictObject({
  kind: z.literal('Ingress').describe('An Ingress for each exposed component.'),
  ingressClassName: dnsName
    .optional()
    .describe("Ingress class; default the cluster's."),
  namespace: dnsLabel
    .optional()
    .describe(
      'Namespace of the ingress controller, which is let in to exposed components; default those labelled `understage.dev/ingress: "true"`.',
    ),
});

const routeSchema = z.strictObject({
  kind: z
    .literal('HTTPRoute')
    .describe('An HTTPRoute (Gateway API) for each exposed component.'),
  gateway: z
    .strictObject({
      namespace: dnsLabel.describe('Namespace of the gateway.'),
      name: dnsName.describe('Name of the gateway.'),
    })
    .describe('The gateway that routes are attached to.'),
});

/** The section `paas` of the platform's configuration, shared by operator, portal and CLI. */
export const platformConfigSchema = z.strictObject({
  images: z
    .strictObject({
      convention: z
        .string()
        .min(1)
        .max(512)
        .optional()
        .describe(
          'Image of a component that names none; `{tenant}`, `{application}` and `{component}` are filled in.',
        ),
    })
    .default({})
    .describe('Where images come from.'),
  chartRepositories: z
    .record(z.string(), repositorySchema)
    .meta({ allowed: 'a map from the alias of a repository to its `url`' })
    .default({})
    .describe('Chart repositories by the alias that `chart: alias/name` uses.'),
  expose: z
    .discriminatedUnion('kind', [ingressSchema, routeSchema])
    .default({ kind: 'Ingress' })
    .describe('What `expose` is rendered to.'),
  monitoringNamespace: dnsLabel
    .optional()
    .describe('Namespace whose pods may scrape metrics; default none.'),
  releases: z
    .strictObject({
      history: z
        .int()
        .min(1)
        .max(100)
        .default(10)
        .describe('Releases kept of each application.'),
    })
    .default({ history: 10 })
    .describe('Releases.'),
});
