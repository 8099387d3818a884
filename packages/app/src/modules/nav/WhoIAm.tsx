import { useEffect, useState } from 'react';
import { SidebarItem } from '@backstage/core-components';
import { identityApiRef, useApi } from '@backstage/frontend-plugin-api';
import PersonIcon from '@material-ui/icons/Person';

/** Who is signed in, leading to their page in the catalog with the groups that they are in. */
export function WhoIAm() {
  const identity = useApi(identityApiRef);
  const [reference, setReference] = useState<string>();
  useEffect(() => {
    let shown = true;
    identity.getBackstageIdentity().then(
      ({ userEntityRef }) => shown && setReference(userEntityRef),
      // The entry is a convenience: without it the settings still say who one is.
      () => {},
    );
    return () => {
      shown = false;
    };
  }, [identity]);
  const [, kind, namespace, name] =
    /^([^:]+):([^/]+)\/(.+)$/.exec(reference ?? '') ?? [];
  if (!name) return null;
  return (
    <SidebarItem
      icon={PersonIcon}
      to={`/catalog/${namespace}/${kind}/${name}`}
      text={`You are ${name}`}
    />
  );
}
