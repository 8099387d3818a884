import 'reflect-metadata';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface KeyPair {
  readonly certificate: string;
  readonly key: string;
}

/** Who a client certificate speaks for: Kubernetes reads the user from CN and the groups from O. */
export interface ClientIdentity {
  readonly name: string;
  readonly groups?: readonly string[];
}

/** A certificate authority of one playground; its key never leaves the playground's folder. */
export interface Authority extends KeyPair {
  /** A certificate that logs in as this user. */
  issueClient(identity: ClientIdentity): Promise<KeyPair>;
  /** A certificate for a server under these names and addresses. Also good for a client where `identity` says so. */
  issueServer(names: ServerNames, identity?: ClientIdentity): Promise<KeyPair>;
}

/** What a server is called by. */
export interface ServerNames {
  readonly dns: readonly string[];
  readonly ips: readonly string[];
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 365;

function validity(now: Date) {
  return {
    // A day back: a clock that was set a moment ago is no reason for a broken playground.
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + LIFETIME_DAYS * DAY_MS),
  };
}

function serialNumber(): string {
  // Neither negative nor with a leading zero: DER wants the shortest form.
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0] % 127) + 1;
  return bytes.toString('hex');
}

async function generateKeys() {
  return crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

async function privatePem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey('pkcs8', key));
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN PRIVATE KEY-----\n${lines.join(
    '\n',
  )}\n-----END PRIVATE KEY-----\n`;
}

function subjectOf(identity: ClientIdentity): x509.JsonName {
  return [
    ...(identity.groups ?? []).map(group => ({ O: [group] })),
    { CN: [identity.name] },
  ];
}

/** Makes a new authority. `now` is the moment from which certificates are valid (a day before, for a year after). */
export async function createAuthority(
  name: string,
  now: () => Date = () => new Date(),
): Promise<Authority> {
  x509.cryptoProvider.set(crypto);
  const keys = await generateKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [name] }],
    ...validity(now()),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign |
          x509.KeyUsageFlags.cRLSign |
          x509.KeyUsageFlags.digitalSignature,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });

  async function issue(
    subject: x509.JsonName,
    extensions: x509.Extension[],
  ): Promise<KeyPair> {
    const own = await generateKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject,
      issuer: root.subject,
      ...validity(now()),
      signingAlgorithm: ALGORITHM,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ...extensions,
      ],
    });
    return {
      certificate: `${certificate.toString('pem')}\n`,
      key: await privatePem(own.privateKey),
    };
  }

  return {
    certificate: `${root.toString('pem')}\n`,
    key: await privatePem(keys.privateKey),
    issueClient: identity =>
      issue(subjectOf(identity), [
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]),
      ]),
    issueServer: (names, identity) =>
      issue(subjectOf(identity ?? { name: names.dns[0] ?? names.ips[0] }), [
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.serverAuth,
          ...(identity ? [x509.ExtendedKeyUsage.clientAuth] : []),
        ]),
        new x509.SubjectAlternativeNameExtension([
          ...names.dns.map(value => ({ type: 'dns' as const, value })),
          ...names.ips.map(value => ({ type: 'ip' as const, value })),
        ]),
      ]),
  };
}

/** The key pair with which the API server signs service account tokens and checks them; both PEM. */
export function createTokenKeys(): { publicKey: string; privateKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}
