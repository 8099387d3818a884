import {
  createPrivateKey,
  createPublicKey,
  X509Certificate,
} from 'node:crypto';
import { once } from 'node:events';
import { createServer, connect } from 'node:tls';
import { parse } from 'yaml';
import { createAuthority, createTokenKeys } from './authority';
import type { Authority } from './authority';
import { kubeconfig } from './kubeconfig';

const NOW = new Date('2026-11-23T12:00:00Z');

let authority: Authority;
beforeAll(async () => {
  authority = await createAuthority('test-ca', () => NOW);
});

describe('an authority', () => {
  it('is allowed to sign, from the day before for a year', () => {
    const root = new X509Certificate(authority.certificate);
    expect(root.ca).toBe(true);
    expect(root.subject).toBe('CN=test-ca');
    expect(new Date(root.validFrom)).toEqual(new Date('2026-11-22T12:00:00Z'));
    expect(new Date(root.validTo)).toEqual(new Date('2027-11-23T12:00:00Z'));
  });

  it('issues a client certificate with the user as CN and each group as O', async () => {
    const pair = await authority.issueClient({
      name: 'understage:user:default/ada',
      groups: ['team-a', 'understage:group:default/b, c=d'],
    });
    const certificate = new X509Certificate(pair.certificate);
    expect(
      certificate.verify(new X509Certificate(authority.certificate).publicKey),
    ).toBe(true);
    expect(certificate.ca).toBe(false);
    const { subject } = certificate.toLegacyObject();
    expect(subject).toMatchObject({
      CN: 'understage:user:default/ada',
      O: ['team-a', 'understage:group:default/b, c=d'],
    });
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  });

  it('never issues the same serial number twice', async () => {
    const pairs = await Promise.all(
      Array.from({ length: 20 }, () => authority.issueClient({ name: 'x' })),
    );
    const serials = pairs.map(
      pair => new X509Certificate(pair.certificate).serialNumber,
    );
    expect(new Set(serials).size).toBe(20);
  });

  it('issues certificates with which a server and a client know each other', async () => {
    const now = await createAuthority('live-ca');
    const server = await now.issueServer({
      dns: ['localhost'],
      ips: ['127.0.0.1'],
    });
    const client = await now.issueClient({ name: 'ada' });
    const listener = createServer(
      {
        cert: server.certificate,
        key: server.key,
        ca: now.certificate,
        requestCert: true,
        rejectUnauthorized: true,
      },
      socket => socket.end(String(socket.getPeerCertificate().subject.CN)),
    ).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    if (address === null || typeof address === 'string')
      throw new Error('no port');
    const socket = connect({
      host: '127.0.0.1',
      port: address.port,
      ca: now.certificate,
      cert: client.certificate,
      key: client.key,
    });
    const [greeting] = await once(socket, 'data');
    expect(String(greeting)).toBe('ada');
    listener.close();
  });

  it('names every name and address of a server', async () => {
    const { certificate } = await authority.issueServer({
      dns: ['kubernetes', 'localhost'],
      ips: ['127.0.0.1', '10.96.0.1'],
    });
    expect(new X509Certificate(certificate).subjectAltName).toBe(
      'DNS:kubernetes, DNS:localhost, IP Address:127.0.0.1, IP Address:10.96.0.1',
    );
  });
});

describe('token keys', () => {
  it('belong together', () => {
    const { privateKey, publicKey } = createTokenKeys();
    expect(
      createPublicKey(createPrivateKey(privateKey)).export({
        type: 'spki',
        format: 'pem',
      }),
    ).toBe(publicKey);
  });
});

describe('a kubeconfig', () => {
  const common = {
    cluster: 'playground',
    server: 'https://127.0.0.1:6443',
    certificateAuthority: 'CA',
    user: 'understage:user:default/ada',
  };

  it('carries everything inside, and one context named like the cluster', () => {
    const config = parse(
      kubeconfig({
        ...common,
        credentials: { certificate: 'CERT', key: 'KEY' },
      }),
    );
    expect(config['current-context']).toBe('playground');
    expect(config.contexts).toEqual([
      {
        name: 'playground',
        context: { cluster: 'playground', user: 'understage:user:default/ada' },
      },
    ]);
    expect(config.clusters[0].cluster).toEqual({
      server: 'https://127.0.0.1:6443',
      'certificate-authority-data': Buffer.from('CA').toString('base64'),
    });
    expect(config.users[0].user).toEqual({
      'client-certificate-data': Buffer.from('CERT').toString('base64'),
      'client-key-data': Buffer.from('KEY').toString('base64'),
    });
  });

  it('logs in with a token when there is one', () => {
    const config = parse(
      kubeconfig({ ...common, credentials: { token: 'abc' } }),
    );
    expect(config.users[0].user).toEqual({ token: 'abc' });
  });
});
