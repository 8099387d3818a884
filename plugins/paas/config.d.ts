export interface Config {
  paas?: {
    /**
     * Where the guides of Understage are read: path of their TechDocs, such as `/docs/default/system/understage`. Reasons
     * of applications and tenants lead to their sections; without it they lead nowhere.
     * @visibility frontend
     */
    guides?: string;
  };
}
