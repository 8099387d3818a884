import { ChartRule } from './ChartRule';
import { hookRule } from './rules/hookRule';
import { kindRule } from './rules/kindRule';
import { metadataRule } from './rules/metadataRule';
import { nameRule } from './rules/nameRule';
import { podRule } from './rules/podRule';
import { reachRule } from './rules/reachRule';
import { routeRule } from './rules/routeRule';
import { secretReferenceRule } from './rules/secretReferenceRule';
import { secretRule } from './rules/secretRule';
import { serviceRule } from './rules/serviceRule';
import { storageRule } from './rules/storageRule';

/** Every rule that the objects of a chart are held to. */
export const chartRules: readonly ChartRule[] = [
  kindRule,
  hookRule,
  metadataRule,
  nameRule,
  serviceRule,
  routeRule,
  reachRule,
  storageRule,
  secretRule,
  secretReferenceRule,
  podRule,
];
