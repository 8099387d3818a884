import {
  configApiRef,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { oidcAuthApi, oidcAuthApiRef } from './oidc';

/**
 * Signs in as guest without a click where the backend allows guests, which is in development. Elsewhere the usual page
 * asks how to sign in: by OpenID Connect where `auth.environment` is `production`.
 */
const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { ProxiedSignInPage, SignInPage } = await import(
        '@backstage/core-components'
      );
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
          <ProxiedSignInPage
            {...props}
            provider="guest"
            ErrorComponent={() => (
              <SignInPage {...props} providers={['guest']} />
            )}
          />
        );
      };
    },
  },
});

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [oidcAuthApi, signInPage],
});
