import { Route, Routes } from 'react-router-dom';
import { ApplicationPage } from './application/ApplicationPage';
import { ApplicationsPage } from './applications/ApplicationsPage';
import { AuditPage } from './audit/AuditPage';
import { CreatePage } from './editor/CreatePage';
import { CreateTenantPage } from './tenants/CreateTenantPage';
import { TenantPage } from './tenants/TenantPage';
import { TenantsPage } from './tenants/TenantsPage';

/** The plugin's pages. Two segments less than an application's: `new` is no name of one; no cluster is called `tenants`, the configuration sees to that. */
export function Router() {
  return (
    <Routes>
      <Route index element={<ApplicationsPage />} />
      <Route path="new" element={<CreatePage />} />
      {/* One by one: `tenants/*` would rank below an application's three segments. */}
      <Route path="tenants" element={<TenantsPage />} />
      <Route path="tenants/audit" element={<AuditPage />} />
      <Route path="tenants/new" element={<CreateTenantPage />} />
      <Route path="tenants/:cluster/:name/*" element={<TenantPage />} />
      <Route path=":cluster/:namespace/:name/*" element={<ApplicationPage />} />
    </Routes>
  );
}
