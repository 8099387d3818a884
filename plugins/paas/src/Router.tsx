import { Route, Routes } from 'react-router-dom';
import { ApplicationPage } from './application/ApplicationPage';
import { ApplicationsPage } from './applications/ApplicationsPage';
import { CreatePage } from './editor/CreatePage';

/** The plugin's pages. Two segments less than an application's: `new` is no name of one. */
export function Router() {
  return (
    <Routes>
      <Route index element={<ApplicationsPage />} />
      <Route path="new" element={<CreatePage />} />
      <Route path=":cluster/:namespace/:name/*" element={<ApplicationPage />} />
    </Routes>
  );
}
