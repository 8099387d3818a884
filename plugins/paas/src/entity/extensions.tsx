import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { MountedViews } from '../routes';
import { hasApplication, hasTenant } from '../model/entityReference';

/** The tab "Application" of a System, Component or Resource that the platform runs. */
export const entityContent = EntityContentBlueprint.make({
  name: 'application',
  params: {
    path: '/application',
    title: 'Application',
    group: 'deployment',
    filter: hasApplication,
    loader: () =>
      import('./EntityApplicationContent').then(
        ({ EntityApplicationContent }) => (
          <MountedViews>
            <EntityApplicationContent />
          </MountedViews>
        ),
      ),
  },
});

/** The card with state and sentence on the entity's overview. */
export const entityCard = EntityCardBlueprint.make({
  name: 'application',
  params: {
    type: 'info',
    filter: hasApplication,
    loader: () =>
      import('./EntityApplicationCard').then(({ EntityApplicationCard }) => (
        <MountedViews>
          <EntityApplicationCard />
        </MountedViews>
      )),
  },
});

/** The card of a tenant on its Domain's overview. */
export const tenantCard = EntityCardBlueprint.make({
  name: 'tenant',
  params: {
    type: 'info',
    filter: hasTenant,
    loader: () =>
      import('./EntityTenantCard').then(({ EntityTenantCard }) => (
        <MountedViews>
          <EntityTenantCard />
        </MountedViews>
      )),
  },
});
