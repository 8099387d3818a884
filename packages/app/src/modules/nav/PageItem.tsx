import { useLocation } from 'react-router-dom';
import { SidebarItem } from '@backstage/core-components';
import { IconElement } from '@backstage/frontend-plugin-api';

/** The Tenants pages have an entry of their own, though their address is below that of Applications. */
const OWN_ENTRY = '/paas/tenants';

/** A page in the menu; marked on every page below it, unless that one has its own entry. */
export function PageItem(props: {
  icon: IconElement;
  to: string;
  text: string;
}) {
  const { icon, to, text } = props;
  const { pathname } = useLocation();
  const elsewhere = to !== OWN_ENTRY && pathname.startsWith(OWN_ENTRY);
  return <SidebarItem icon={() => icon} to={to} text={text} end={elsewhere} />;
}
