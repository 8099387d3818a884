export { scaffolderModulePaas as default } from './module';
