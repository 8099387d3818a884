import { useCallback, useState } from 'react';
import { ProxiedSignInPage } from '@backstage/core-components';
import { SignInPageProps } from '@backstage/plugin-app-react';
import { NobodyThere } from './NobodyThere';
import { PersonChooser } from './PersonChooser';

/** Kept while the tab is open, so that reloading a page asks nobody again; signing out takes it away. */
const CHOSEN = 'understage.person';

/** The chooser of the playground's people; where they can not be had, what to do about it. */
export function DevelopmentSignIn(props: SignInPageProps) {
  const [chosen, setChosen] = useState(() => sessionStorage.getItem(CHOSEN));
  const [withoutPeople, setWithoutPeople] = useState(false);
  const absent = useCallback(() => setWithoutPeople(true), []);
  if (withoutPeople) {
    return <NobodyThere again={() => setWithoutPeople(false)} />;
  }
  const chooser = (
    <PersonChooser
      absent={absent}
      choose={({ ref }) => {
        sessionStorage.setItem(CHOSEN, ref);
        setChosen(ref);
      }}
    />
  );
  if (chosen === null) return chooser;
  return (
    <ProxiedSignInPage
      // Somebody else is a session of their own.
      key={chosen}
      {...props}
      onSignInSuccess={identity =>
        props.onSignInSuccess({
          getProfileInfo: () => identity.getProfileInfo(),
          getBackstageIdentity: () => identity.getBackstageIdentity(),
          getCredentials: () => identity.getCredentials(),
          signOut: async () => {
            sessionStorage.removeItem(CHOSEN);
            await identity.signOut();
          },
        })
      }
      provider="playground"
      headers={{ 'x-understage-person': chosen }}
      // Nobody of that name any more.
      ErrorComponent={() => chooser}
    />
  );
}
