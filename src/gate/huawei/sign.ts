import { createHash, createHmac } from 'node:crypto';

export interface SdkHmacRequest {
  readonly method: string;
  readonly host: string;
  /** Path without query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly date: Date;
}

const ALGORITHM = 'SDK-HMAC-SHA256';

/**
 * Returns the headers, x-sdk-date and authorization among them, of a request to Huawei Cloud's API that is signed with an access key.
 * @see https://support.huaweicloud.com/intl/en-us/devg-apisign/api-sign-algorithm.html
 */
export function signSdkHmac(request: SdkHmacRequest): Readonly<Record<string, string>> {
  const date = request.date.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const signed: Readonly<Record<string, string>> = { ...request.headers, host: request.host, 'x-sdk-date': date };
  const names = Object.keys(signed).sort();
  const query = Object.entries(request.query ?? {})
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const path = request.path.split('/').map(encode).join('/');
  const canonical = [
    request.method,
    path.endsWith('/') ? path : `${path}/`,
    query,
    names.map((name) => `${name}:${(signed[name] ?? '').trim()}\n`).join(''),
    names.join(';'),
    sha256(request.body ?? ''),
  ].join('\n');
  const signature = createHmac('sha256', request.secretKey)
    .update(`${ALGORITHM}\n${date}\n${sha256(canonical)}`)
    .digest('hex');
  const headers = Object.fromEntries(Object.entries(signed).filter(([name]) => name !== 'host'));
  return { ...headers, authorization: `${ALGORITHM} Access=${request.accessKey}, SignedHeaders=${names.join(';')}, Signature=${signature}` };
}

function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
