import { createHash, createHmac } from 'node:crypto';

export interface Acs3Request {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  /** Sent in the URL, sorted and encoded as signed. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of keys that expire. */
  readonly securityToken?: string;
  readonly date: Date;
  /** Never used twice. */
  readonly nonce: string;
}

export interface Acs3Signed {
  /** Without a question mark. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
}

const ALGORITHM = 'ACS3-HMAC-SHA256';

/**
 * Returns the query and headers of a POST to `/` of Alibaba Cloud's API in RPC style, signed as version 3 asks for.
 * @see https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function signAcs3(request: Acs3Request): Acs3Signed {
  const bodyHash = sha256(request.body);
  const signed: Readonly<Record<string, string>> = {
    host: request.host,
    'x-acs-action': request.action,
    'x-acs-content-sha256': bodyHash,
    'x-acs-date': request.date.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    ...(request.securityToken === undefined ? {} : { 'x-acs-security-token': request.securityToken }),
    'x-acs-signature-nonce': request.nonce,
    'x-acs-version': request.version,
  };
  const names = Object.keys(signed).sort();
  const query = Object.entries(request.query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const canonicalHeaders = names.map((name) => `${name}:${(signed[name] ?? '').trim()}\n`).join('');
  const canonical = ['POST', '/', query, canonicalHeaders, names.join(';'), bodyHash].join('\n');
  const signature = createHmac('sha256', request.accessKeySecret)
    .update(`${ALGORITHM}\n${sha256(canonical)}`)
    .digest('hex');
  const headers = Object.fromEntries(Object.entries(signed).filter(([name]) => name !== 'host'));
  return {
    query,
    headers: { ...headers, authorization: `${ALGORITHM} Credential=${request.accessKeyId},SignedHeaders=${names.join(';')},Signature=${signature}` },
  };
}

/** As RFC 3986 has it: encodeURIComponent leaves some reserved characters alone. */
function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
