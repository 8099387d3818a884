export { authModulePlayground as default } from './module';
