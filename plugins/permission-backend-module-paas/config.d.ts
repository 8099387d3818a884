export interface Config {
  paas?: {
    /**
     * People and groups that may do everything in the portal, as whole entity references: `group:default/platform-engineers`.
     * Nobody, when it is left out.
     */
    platformAdmins?: string[];
  };
}
