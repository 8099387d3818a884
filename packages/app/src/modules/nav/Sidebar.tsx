import { Fragment } from 'react';
import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import SearchIcon from '@material-ui/icons/Search';
import { PageItem } from './PageItem';
import { SidebarLogo } from './SidebarLogo';
import { WhoIAm } from './WhoIAm';

const mainPages = [
  'page:paas',
  'page:paas/tenants',
  'page:catalog',
  'page:scaffolder',
  'page:techdocs',
  'page:api-docs',
];

/** The menu: what runs first, then what there is, then how to make more. */
export const SidebarContent = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const nav = navItems.withComponent(item => (
        <PageItem icon={item.icon} to={item.href} text={item.title} />
      ));
      // These two have their own entries below.
      nav.take('page:search');
      nav.take('page:notifications');
      // Without an entity to begin with the graph is empty; entities' pages lead to theirs.
      nav.take('page:catalog-graph');
      // A tool for those who build the portal; /visualizer is still there.
      nav.take('page:app-visualizer');
      const register = navItems.take('page:catalog-import');
      const main = mainPages.map(page => (
        <Fragment key={page}>{nav.take(page)}</Fragment>
      ));
      const settings = nav.take('page:user-settings');
      const rest = nav.rest({ sortBy: 'title' });

      return (
        <Sidebar>
          <SidebarLogo />
          <SidebarGroup label="Search" icon={<SearchIcon />} to="/search">
            <SidebarSearchModal />
          </SidebarGroup>
          <SidebarDivider />
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {main}
            {register && (
              // Its own title is longer than the menu is wide.
              <SidebarItem
                icon={() => register.icon}
                to={register.href}
                text="Register"
              />
            )}
            {rest.length > 0 && (
              <>
                <SidebarDivider />
                <SidebarScrollWrapper>{rest}</SidebarScrollWrapper>
              </>
            )}
          </SidebarGroup>
          <SidebarSpace />
          <SidebarDivider />
          <NotificationsSidebarItem />
          <SidebarDivider />
          <SidebarGroup
            label="Settings"
            icon={<UserSettingsSignInAvatar />}
            to="/settings"
          >
            <WhoIAm />
            {settings}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
