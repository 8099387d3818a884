export { permissionModulePaas as default } from './module';
