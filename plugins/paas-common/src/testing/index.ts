export {
  arbitraryApplication,
  arbitraryDocument,
} from './arbitraryApplication';
export { arbitraryComponent, arbitraryLabel } from './arbitraryComponent';
