import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';

/**
 * Signs in as guest without a click where the backend allows guests, which is in development. Elsewhere the usual page
 * asks how to sign in.
 */
const signInPage = SignInPageBlueprint.make({
  params: {
    loader: async () => {
      const { ProxiedSignInPage, SignInPage } = await import(
        '@backstage/core-components'
      );
      return props => (
        <ProxiedSignInPage
          {...props}
          provider="guest"
          ErrorComponent={() => <SignInPage {...props} providers={['guest']} />}
        />
      );
    },
  },
});

export const signInModule = createFrontendModule({
  pluginId: 'app',
  extensions: [signInPage],
});
