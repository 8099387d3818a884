export interface Config {
  paas?: {
    catalog?: {
      /** Owner of applications that neither themselves nor their namespace name one; default `group:default/unknown`. */
      defaultOwner?: string;
    };
  };
}
