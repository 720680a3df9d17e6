import { EXTENSIONS, extendedKeyUsageOf, keyUsageOf, pathLengthOf, type Certificate } from './certificate.ts';

const USAGE = {
  digitalSignature: 0,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
  encipherOnly: 7,
  decipherOnly: 8,
};
/** Bits that a signer's certificate must not have. */
const FOREIGN_USAGES = [
  USAGE.keyEncipherment,
  USAGE.dataEncipherment,
  USAGE.keyAgreement,
  USAGE.keyCertSign,
  USAGE.cRLSign,
  USAGE.encipherOnly,
  USAGE.decipherOnly,
];
/** anyExtendedKeyUsage, serverAuth, clientAuth, emailProtection, timeStamping */
const FOREIGN_PURPOSES = ['2.5.29.37.0', '1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.8'];
/** Signed with MD5 or SHA-1: others can be made that have the same hash. */
const BROKEN_ALGORITHMS = ['1.2.840.113549.1.1.4', '1.2.840.113549.1.1.5', '1.2.840.10045.4.1'];

/**
 * Returns why a chain of certificates is not one that Notation's signatures may have; undefined when it is: the signer first, the root last, each issued by the next and valid now. Whether anybody trusts it is
 * another question.
 * @see https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#certificate-requirements
 */
export function whyNoChain(chain: readonly Certificate[], now: Date): string | undefined {
  const [leaf, ...authorities] = chain;
  if (leaf === undefined) return 'it names no certificate';
  const broken = chain.find(({ signatureAlgorithm }) => BROKEN_ALGORITHMS.includes(signatureAlgorithm));
  if (broken !== undefined) return 'a certificate of its chain is signed with a hash that is broken';
  const outside = chain.find(({ notBefore, notAfter }) => now < notBefore || now > notAfter);
  if (outside !== undefined) return `a certificate of its chain is valid from ${toDay(outside.notBefore)} to ${toDay(outside.notAfter)} only`;
  return (
    whyNoSigner(leaf) ??
    firstOf(authorities.map(whyNoAuthority)) ??
    firstOf(chain.map((certificate, index) => whyNotIssued(certificate, chain[index + 1])))
  );
}

function whyNoSigner(leaf: Certificate): string | undefined {
  const usage = keyUsageOf(leaf);
  const purposes = extendedKeyUsageOf(leaf) ?? [];
  if (leaf.x509.ca) return "its signer's certificate is that of an authority";
  if (usage === undefined || leaf.extensions.get(EXTENSIONS.keyUsage)?.isCritical !== true || !usage.has(USAGE.digitalSignature))
    return "its signer's certificate is not one for signatures";
  if (FOREIGN_USAGES.some((bit) => usage.has(bit)) || FOREIGN_PURPOSES.some((purpose) => purposes.includes(purpose)))
    return "its signer's certificate is for other things as well";
  return undefined;
}

/** `index` is how many authorities lie between this one and the signer. */
function whyNoAuthority(certificate: Certificate, index: number): string | undefined {
  const isAuthority = certificate.x509.ca && certificate.extensions.get(EXTENSIONS.basicConstraints)?.isCritical === true;
  const maySign = keyUsageOf(certificate)?.has(USAGE.keyCertSign) === true && certificate.extensions.get(EXTENSIONS.keyUsage)?.isCritical === true;
  if (!isAuthority || !maySign) return 'a certificate of its chain may not issue others';
  const bound = pathLengthOf(certificate);
  return bound !== undefined && bound < index ? 'its chain is longer than a certificate of it allows' : undefined;
}

/** The last one is its own issuer. */
function whyNotIssued(certificate: Certificate, issuer: Certificate = certificate): string | undefined {
  try {
    const isIssued = certificate.x509.issuer === issuer.x509.subject && certificate.x509.verify(issuer.publicKey);
    return isIssued ? undefined : 'a certificate of its chain was not issued by the next';
  } catch {
    return 'a certificate of its chain has a key that cannot be read';
  }
}

function firstOf(reasons: readonly (string | undefined)[]): string | undefined {
  return reasons.find((reason) => reason !== undefined);
}

function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}
