import { mockServices } from '@backstage/backend-test-utils';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { readPlatform } from './readPlatform';

const files = ['app-config.yaml', 'app-config.production.yaml'];

describe('the section `paas`', () => {
  it.each(files)('of %s is one that the portal starts with', file => {
    const text = readFileSync(path.join(__dirname, '../../..', file), 'utf8');
    const { paas = {} } = parse(text);
    const data = { paas };
    const config = mockServices.rootConfig({ data });
    expect(readPlatform(config).images).toBeDefined();
  });

  it('is refused with a field that nobody knows', () => {
    const data = { paas: { imagse: {} } };
    const config = mockServices.rootConfig({ data });
    expect(() => readPlatform(config)).toThrow(/Unknown field `imagse`/);
  });
});
