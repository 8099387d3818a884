import {
  configApiRef,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi, oidcAuthApiRef } from './oidc';

/**
 * In development somebody of the playground is chosen. Where `auth.environment` is `production` the usual page asks for
 * OpenID Connect.
 */
const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { SignInPage } = await import('@backstage/core-components');
      const { DevelopmentSignIn } = await import('./DevelopmentSignIn');
      return function SignIn(props) {
        const environment =
          useApi(configApiRef).getOptionalString('auth.environment');
        return environment === 'production' ? (
          <SignInPage
            {...props}
            provider={{
              id: 'oidc',
              title: 'Single sign-on',
              message: 'Sign in with the account of your organisation.',
              apiRef: oidcAuthApiRef,
            }}
          />
        ) : (
          <DevelopmentSignIn {...props} />
        );
      };
    },
  },
});

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, signInPage],
});
