import { createHash, createHmac } from 'node:crypto';

export interface Tc3Request {
  /** As the request's Host header will be. */
  readonly host: string;
  /** 'tcr': the product, whatever the host is called. */
  readonly service: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly contentType: string;
  readonly body: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Headers to be signed besides content-type and host: names in lower case. */
  readonly signedHeaders?: Readonly<Record<string, string>>;
}

const ALGORITHM = 'TC3-HMAC-SHA256';

/**
 * Returns the Authorization header of a POST to `/` of Tencent Cloud's API, signed as version 3 asks for.
 * @see https://www.tencentcloud.com/document/api/1093/41670
 */
export function signTc3(request: Tc3Request): string {
  const headers = Object.entries({ 'content-type': request.contentType, host: request.host, ...request.signedHeaders }).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const names = headers.map(([name]) => name).join(';');
  const lines = headers.map(([name, value]) => `${name}:${value.trim().toLowerCase()}\n`).join('');
  const canonical = ['POST', '/', '', lines, names, sha256(request.body)].join('\n');
  const date = new Date(request.timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${request.service}/tc3_request`;
  const toSign = [ALGORITHM, String(request.timestamp), scope, sha256(canonical)].join('\n');
  const key = [request.service, 'tc3_request'].reduce<Buffer>((previous, part) => hmac(previous, part), hmac(`TC3${request.secretKey}`, date));
  return `${ALGORITHM} Credential=${request.secretId}/${scope}, SignedHeaders=${names}, Signature=${hmac(key, toSign).toString('hex')}`;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
