export { catalogModulePaas as default } from './module';
