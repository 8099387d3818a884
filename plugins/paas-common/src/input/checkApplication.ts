import { Checked } from '../domain/problem';
import {
  Application,
  APPLICATION_API_VERSION,
  ApplicationSpec,
} from '../schema/Application';
import { checkResource, ResourceReader } from './checkResource';
import { checkSpec } from './checkSpec';
import { Locate } from './finding';
import { applicationWords } from './kindWords';

const reader: ResourceReader<ApplicationSpec, Application> = {
  words: applicationWords,
  checkSpec,
  build: (metadata, spec) => ({
    apiVersion: APPLICATION_API_VERSION,
    kind: 'Application',
    metadata,
    spec,
  }),
};

/**
 * Reads a document as an Application: the whole of it with defaults filled in and `apiVersion` normalised, or every
 * problem at once. Takes anything and never throws. `locate` gives the problems their lines and columns.
 */
export function checkApplication(
  value: unknown,
  locate?: Locate,
): Checked<Application> {
  return checkResource(value, reader, locate);
}
