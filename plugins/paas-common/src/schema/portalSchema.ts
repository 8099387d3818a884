import { z } from 'zod';

const text = z.string().min(1).max(2048);

/** What only the portal reads of the section `paas`; for the reference, and to tell it from what all of them share. */
export const portalConfigSchema = z.strictObject({
  clusters: z
    .array(
      z.strictObject({
        name: text.describe('Stands in addresses and in the catalog.'),
        kubeconfig: text
          .optional()
          .describe('Path of a kubeconfig; default what kubectl would use.'),
        context: text
          .optional()
          .describe('Context of the kubeconfig; default its current one.'),
        inCluster: z
          .boolean()
          .optional()
          .describe('Reached as the pod that the backend runs in.'),
      }),
    )
    .default([])
    .describe(
      'Clusters that the portal shows. The first one gives its entities the plain names.',
    ),
  platformAdmins: z
    .array(text)
    .default([])
    .describe(
      'Groups and people that may do everything in the portal, as whole references (`group:default/platform-engineers`); nobody, when it is left out.',
    ),
  audit: z
    .strictObject({
      retentionDays: z
        .number()
        .min(1)
        .default(365)
        .describe('Days for which lines of the audit trail are kept.'),
    })
    .default({ retentionDays: 365 })
    .describe('Who did what, and who was refused what.'),
  catalog: z
    .strictObject({
      defaultOwner: text
        .default('group:default/unknown')
        .describe(
          'Owner of applications that neither themselves nor their namespace name one.',
        ),
    })
    .default({ defaultOwner: 'group:default/unknown' })
    .describe('How applications become entities of the catalog.'),
  guides: text
    .optional()
    .describe(
      'Path of the TechDocs with the guides (`/docs/default/system/understage`), to whose sections reasons lead; without it they lead nowhere.',
    ),
  helm: z
    .strictObject({
      binary: text
        .default('helm')
        .describe('Path of helm; default the one on PATH.'),
      cacheDirectory: text
        .optional()
        .describe(
          "Where chart archives are kept; default a folder among the system's temporary ones.",
        ),
    })
    .default({ binary: 'helm' })
    .describe('How plans render charts.'),
});

/** Names of the settings that only the portal reads. */
export const portalSettings: readonly string[] = Object.keys(
  portalConfigSchema.shape,
);
