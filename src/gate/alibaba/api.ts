import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { API_RETRY_DELAY_MS, MAX_API_RETRIES } from '../../foundation/base/limits.ts';
import { isLoopbackHost } from '../../foundation/io/loopback.ts';
import type { CloudKey } from '../../foundation/model/cloud-key.ts';
import { isRecord, memberOf, parseJson, textOf, toShowable, type JsonRecord } from '../../registry/json.ts';
import { toPolicyError } from '../network-error.ts';
import { PolicyError, type PolicyErrorCode, type ProviderContext } from '../provider.ts';
import { signAcs3 } from './acs3.ts';

type KeyPair = Extract<CloudKey, { kind: 'key-pair' }>;

export interface AlibabaApi {
  /** Returns the answer to an action. @throws {PolicyError} for anything but an answer that says it succeeded */
  call(action: string, parameters: Readonly<Record<string, string>>): Promise<JsonRecord>;
}

const VERSION = '2018-12-01';
const TRANSIENT = /^(?:Throttling(?:\..*)?|ServiceUnavailable|InternalError|SignatureNonceUsed)$/;

/** Returns Alibaba Cloud's API of the container registry in one region, asked with a key. @see https://www.alibabacloud.com/help/en/acr/developer-reference */
export function createAlibabaApi(key: KeyPair, region: string, context: ProviderContext): AlibabaApi {
  const named = context
    .endpoint('alibaba')
    ?.replace(/^https?:\/\//, '')
    .replace(/\/+$/, '');
  const host = named ?? `cr.${region}.aliyuncs.com`;
  return {
    async call(action, parameters) {
      for (let attempt = 0; ; attempt += 1) {
        const { refused, answer } = await send(host, key, action, parameters, context);
        if (refused === undefined) return answer;
        if (!TRANSIENT.test(refused.code) || attempt >= MAX_API_RETRIES) throw toRefusal(action, refused);
        await delay(API_RETRY_DELAY_MS * 2 ** attempt, undefined, context.signal === undefined ? {} : { signal: context.signal });
      }
    },
  };
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

async function send(
  host: string,
  key: KeyPair,
  action: string,
  parameters: Readonly<Record<string, string>>,
  context: ProviderContext,
): Promise<{ readonly answer: JsonRecord; readonly refused?: Refused }> {
  const { query, headers } = signAcs3({
    host,
    action,
    version: VERSION,
    query: parameters,
    body: '',
    accessKeyId: key.id,
    accessKeySecret: key.secret,
    ...(key.sessionToken === undefined ? {} : { securityToken: key.sessionToken }),
    date: context.now,
    nonce: randomBytes(16).toString('hex'),
  });
  try {
    const response = await context.http.request({
      method: 'POST',
      url: `${isLoopbackHost(host.replace(/:\d+$/, '')) ? 'http' : 'https'}://${host}/?${query}`,
      headers: { ...headers, accept: 'application/json' },
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const answer = parseJson(response.body);
    if (!isRecord(answer)) {
      const code = response.status >= 500 || response.status === 429 ? 'server-error' : 'malformed';
      throw new PolicyError(code, `${host} does not answer as Alibaba Cloud's API does (${response.status}); check the network and the endpoint`);
    }
    // 200 with IsSuccess false is a failure too.
    if (response.status === 200 && memberOf(answer, 'IsSuccess') !== false) return { answer };
    return { answer, refused: { code: textOf(answer, 'Code') ?? String(response.status), message: textOf(answer, 'Message') ?? '' } };
  } catch (error) {
    throw toPolicyError(error, host);
  }
}

interface Refusal {
  readonly pattern: RegExp;
  readonly code: PolicyErrorCode;
  readonly explanation: string;
}

const refusals: readonly Refusal[] = [
  { pattern: /^InvalidTimeStamp/, code: 'unauthenticated', explanation: "this machine's clock differs from theirs: set the clock right" },
  {
    pattern: /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|IncompleteSignature|InvalidSecurityToken|MissingAccessKeyId)/,
    code: 'unauthenticated',
    explanation:
      'the access key is not accepted: check ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET (the sign-in of docker does not open this API)',
  },
  {
    pattern: /^(?:Forbidden|NoPermission|NotAuthorized|PERMISSION|NO_PERMISSION)/,
    code: 'forbidden',
    explanation: 'the key may not read this: the least that will do is a RAM policy that allows cr:ListInstance, cr:ListChain and cr:GetChain',
  },
  { pattern: /NOT_EXIST|NotFound/, code: 'not-found', explanation: 'there is no such instance or chain that this account may see' },
  { pattern: /^Throttling/, code: 'server-error', explanation: 'too many requests: try again in a minute' },
  { pattern: /^(?:ServiceUnavailable|InternalError)/, code: 'server-error', explanation: 'try again later' },
];

function toRefusal(action: string, { code, message }: Refused): PolicyError {
  const known = refusals.find(({ pattern }) => pattern.test(code));
  const said = message === '' ? '' : ` (“${toShowable(message)}”)`;
  return new PolicyError(
    known?.code ?? 'malformed',
    `Alibaba Cloud refused ${action} with ${toShowable(code)}${said}${known === undefined ? '' : `: ${known.explanation}`}`,
  );
}
