export interface Config {
  auth?: {
    providers?: {
      /**
       * Signs in whoever is chosen among the catalog's people, without a password. In development only: with it the
       * backend does not start anywhere else.
       */
      playground?: {};
    };
  };
}
