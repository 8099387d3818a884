import { Route, Routes } from 'react-router-dom';
import { AuditPage } from '../audit/AuditPage';
import { CreateTenantPage } from './CreateTenantPage';
import { TenantPage } from './TenantPage';
import { TenantsPage } from './TenantsPage';

/** The Tenants pages. */
export function TenantsRouter() {
  return (
    <Routes>
      <Route index element={<TenantsPage />} />
      <Route path="audit" element={<AuditPage />} />
      <Route path="new" element={<CreateTenantPage />} />
      <Route path=":cluster/:name/*" element={<TenantPage />} />
    </Routes>
  );
}
