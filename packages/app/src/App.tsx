import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import paasPlugin from '@understage/plugin-paas';
import { lookModule } from './modules/look';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';

export default createApp({
  features: [paasPlugin, catalogPlugin, lookModule, navModule, signInModule],
});
