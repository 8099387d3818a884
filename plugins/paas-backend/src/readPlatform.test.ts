import { mockServices } from '@backstage/backend-test-utils';
import { portalSettings } from '@understage/plugin-paas-common';
import { readPlatform } from './readPlatform';

const read = (paas: object) =>
  readPlatform(mockServices.rootConfig({ data: { paas } }));

describe("the platform's settings, from the portal's configuration", () => {
  it('stand beside those that only the portal reads', () => {
    const ofPortal = Object.fromEntries(
      portalSettings.map(name => [name, 'whatever that may be']),
    );
    const monitoringNamespace = 'monitoring';
    const config = read({ ...ofPortal, monitoringNamespace });
    expect(config).toMatchObject({ monitoringNamespace });
    expect(config).toEqual(read({ monitoringNamespace }));
  });

  it('are refused with every problem at once', () => {
    const wrong = () =>
      read({ monitorNamespace: 'x', releases: { history: 0 } });
    expect(wrong).toThrow('did you mean `monitoringNamespace`');
    expect(wrong).toThrow('history');
  });
});
