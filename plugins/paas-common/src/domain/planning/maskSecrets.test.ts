import { KubeObject } from '../kubernetes';
import { maskSecrets, withEncodedSecret } from './maskSecrets';

function secret(content: Record<string, unknown>): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'db' },
    ...content,
  };
}

describe('a Secret that is shown', () => {
  it('S27: keeps the names of its keys and none of its values', () => {
    const masked = maskSecrets(
      secret({
        data: { password: 'c2VjcmV0' },
        stringData: { token: 'secret' },
      }),
    );
    expect(masked).toMatchObject({
      data: { password: '(hidden)' },
      stringData: { token: '(hidden)' },
    });
    expect(JSON.stringify(masked)).not.toContain('secret"');
  });

  it('leaves other kinds as they are', () => {
    const configMap = { ...secret({ data: { a: 'b' } }), kind: 'ConfigMap' };
    expect(maskSecrets(configMap)).toBe(configMap);
  });
});

describe('a Secret that is sent', () => {
  it('carries its texts the way the API server stores them, texts before data', () => {
    expect(
      withEncodedSecret(
        secret({ data: { a: 'b2xk', b: 'Yg==' }, stringData: { a: 'nëw' } }),
      ),
    ).toEqual(secret({ data: { a: 'bsOrdw==', b: 'Yg==' } }));
  });

  it('stays the same object when there is nothing to encode', () => {
    const plain = secret({ data: { a: 'Yg==' } });
    expect(withEncodedSecret(plain)).toBe(plain);
  });
});
