import { setTimeout as delay } from 'node:timers/promises';
import { API_RETRY_DELAY_MS, MAX_API_RETRIES } from '../../foundation/base/limits.ts';
import { isLoopbackHost } from '../../foundation/io/loopback.ts';
import type { CloudKey } from '../../foundation/model/cloud-key.ts';
import { isRecord, memberOf, parseJson, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type PolicyErrorCode, type ProviderContext } from '../provider.ts';
import { signTc3 } from './tc3.ts';

type KeyPair = Extract<CloudKey, { kind: 'key-pair' }>;

export interface TencentApi {
  /** Returns the `Response` of an action. @throws {PolicyError} for anything but an answer to it */
  call(action: string, region: string, parameters: JsonRecord): Promise<JsonRecord>;
}

const VERSION = '2019-09-24';
const SERVICE = 'tcr';
const CONTENT_TYPE = 'application/json; charset=utf-8';
/** Accounts of the two sites do not know each other: who is not known at the first may be known at the second. */
const PUBLIC_HOSTS = ['tcr.tencentcloudapi.com', 'tcr.intl.tencentcloudapi.com'];
/** What passes by itself. Anything else that failed will fail again. */
const TRANSIENT = /^(?:RequestLimitExceeded(?:\..*)?|InternalError\.(?:Unknown|DbError|ErrorTcrInternal))$/;

/**
 * Returns Tencent Cloud's API of the container registry, asked with a key.
 * @see https://www.tencentcloud.com/document/product/1051
 */
export function createTencentApi(key: KeyPair, context: ProviderContext): TencentApi {
  const named = context.endpoint('tencent');
  let hosts = named === undefined ? PUBLIC_HOSTS : [named.replace(/^https?:\/\//, '').replace(/\/+$/, '')];
  return {
    async call(action, region, parameters) {
      for (let attempt = 0; ;) {
        const [host = '', ...others] = hosts;
        const response = await send(host, key, action, region, parameters, context);
        const error = memberOf(response, 'Error');
        if (error === undefined) return response;
        const code = textOf(error, 'Code') ?? '';
        if (code === 'AuthFailure.SecretIdNotFound' && others.length > 0) {
          hosts = others;
          continue;
        }
        if (!TRANSIENT.test(code) || attempt >= MAX_API_RETRIES) throw toRefusal(action, code, textOf(error, 'Message') ?? '');
        await delay(API_RETRY_DELAY_MS * 2 ** attempt, undefined, context.signal === undefined ? {} : { signal: context.signal });
        attempt += 1;
      }
    },
  };
}

async function send(
  host: string,
  key: KeyPair,
  action: string,
  region: string,
  parameters: JsonRecord,
  context: ProviderContext,
): Promise<JsonRecord> {
  const body = JSON.stringify(parameters);
  const timestamp = Math.floor(context.now.getTime() / 1000);
  const authorization = signTc3({ host, service: SERVICE, secretId: key.id, secretKey: key.secret, contentType: CONTENT_TYPE, body, timestamp });
  try {
    const answer = await context.http.request({
      method: 'POST',
      url: `${isLoopbackHost(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}/`,
      headers: {
        authorization,
        'content-type': CONTENT_TYPE,
        'x-tc-action': action,
        'x-tc-version': VERSION,
        'x-tc-timestamp': String(timestamp),
        'x-tc-region': region,
        'x-tc-language': 'en-US',
        ...(key.sessionToken === undefined ? {} : { 'x-tc-token': key.sessionToken }),
      },
      body,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const response = memberOf(parseJson(answer.body), 'Response');
    if (answer.status !== 200 || !isRecord(response)) {
      const code = answer.status >= 500 || answer.status === 429 ? 'server-error' : 'malformed';
      throw new PolicyError(code, `${host} does not answer as Tencent Cloud's API does (${answer.status}); check the network and the endpoint`);
    }
    return response;
  } catch (error) {
    throw toPolicyError(error, host);
  }
}

const NEEDED = 'The least that will do is a CAM policy that allows tcr:DescribeInstances and tcr:DescribeNamespaces';

interface Refusal {
  readonly pattern: RegExp;
  readonly code: PolicyErrorCode;
  readonly explanation: string;
}

/** The first that fits. Some missing permissions are told as internal errors. */
const refusals: readonly Refusal[] = [
  {
    pattern: /^AuthFailure\.SignatureExpire$/,
    code: 'unauthenticated',
    explanation: "this machine's clock differs from theirs by more than five minutes: set the clock right",
  },
  {
    pattern: /^AuthFailure\.MFAFailure$/,
    code: 'unauthenticated',
    explanation: 'the account asks for a second factor, which a key cannot give: use a key of a sub-account',
  },
  {
    pattern: /^AuthFailure\.UnauthorizedOperation$|^UnauthorizedOperation|^InternalError\.(?:ErrUnauthorized|ErrorTcrUnauthorized)$/,
    code: 'forbidden',
    explanation: NEEDED,
  },
  {
    pattern: /^AuthFailure/,
    code: 'unauthenticated',
    explanation:
      'the API key is not accepted: check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY (the sign-in of docker does not open this API)',
  },
  { pattern: /^IpNotInWhitelist/, code: 'forbidden', explanation: 'the account lets its keys be used from certain addresses only' },
  {
    pattern: /^ResourceNotFound|^InternalError\.ErrNotExist$/,
    code: 'not-found',
    explanation: 'there is no such instance or namespace that this account may see',
  },
  { pattern: /^ResourceInsufficient\.ErrorInstanceNotRunning$/, code: 'server-error', explanation: 'the instance is not running' },
  { pattern: /^RequestLimitExceeded/, code: 'server-error', explanation: 'too many requests: try again in a minute' },
  { pattern: /^UnsupportedRegion/, code: 'unsupported', explanation: 'the registry service is not offered in that region' },
  { pattern: /^InternalError/, code: 'server-error', explanation: 'try again later' },
];

function toRefusal(action: string, code: string, message: string): PolicyError {
  const known = refusals.find(({ pattern }) => pattern.test(code));
  const said = message === '' ? '' : ` (“${toShowable(message)}”)`;
  return new PolicyError(
    known?.code ?? 'malformed',
    `Tencent Cloud refused ${action} with ${toShowable(code)}${said}${known === undefined ? '' : `: ${known.explanation}`}`,
  );
}
