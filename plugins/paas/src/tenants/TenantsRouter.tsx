import { Route, Routes } from 'react-router-dom';
import { CreateTenantPage } from './CreateTenantPage';
import { TenantPage } from './TenantPage';
import { TenantsPage } from './TenantsPage';

/** The Tenants pages. */
export function TenantsRouter() {
  return (
    <Routes>
      <Route index element={<TenantsPage />} />
      <Route path="new" element={<CreateTenantPage />} />
      <Route path=":cluster/:name/*" element={<TenantPage />} />
    </Routes>
  );
}
