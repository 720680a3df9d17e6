import os from 'node:os';
import path from 'node:path';
import { MAX_CONFIG_BYTES } from '../foundation/base/limits.ts';
import { messageOf } from '../foundation/base/result.ts';
import { readOptionalTextFile } from '../foundation/io/optional-file.ts';
import { clouds, type Cloud, type CloudKey } from '../foundation/model/cloud-key.ts';
import { CredentialError, type CredentialEnvironment } from './credentials.ts';
import { isRecord, memberOf, parseJson, textOf } from './json.ts';

interface KeyNames {
  readonly id: readonly string[];
  readonly secret: readonly string[];
  readonly sessionToken: readonly string[];
  readonly token: readonly string[];
  readonly region: readonly string[];
  readonly project: readonly string[];
  readonly url?: readonly string[];
}

/** The variables that each cloud's own tools read, theirs first. */
const variableNames: Readonly<Record<Cloud, KeyNames>> = {
  tencent: {
    id: ['TENCENTCLOUD_SECRET_ID'],
    secret: ['TENCENTCLOUD_SECRET_KEY'],
    sessionToken: ['TENCENTCLOUD_TOKEN', 'TENCENTCLOUD_SESSION_TOKEN'],
    token: [],
    region: ['TENCENTCLOUD_REGION'],
    project: [],
  },
  alibaba: {
    id: ['ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALICLOUD_ACCESS_KEY'],
    secret: ['ALIBABA_CLOUD_ACCESS_KEY_SECRET', 'ALICLOUD_SECRET_KEY'],
    sessionToken: ['ALIBABA_CLOUD_SECURITY_TOKEN', 'ALICLOUD_SECURITY_TOKEN'],
    token: [],
    region: ['ALIBABA_CLOUD_REGION_ID'],
    project: [],
  },
  huawei: {
    id: ['HUAWEICLOUD_SDK_AK', 'HW_ACCESS_KEY'],
    secret: ['HUAWEICLOUD_SDK_SK', 'HW_SECRET_KEY'],
    sessionToken: ['HUAWEICLOUD_SDK_SECURITY_TOKEN', 'HW_SECURITY_TOKEN'],
    token: ['HUAWEICLOUD_AUTH_TOKEN', 'HW_AUTH_TOKEN'],
    region: ['HUAWEICLOUD_SDK_REGION', 'HW_REGION_NAME'],
    project: ['HUAWEICLOUD_SDK_PROJECT_ID', 'HW_PROJECT_ID'],
  },
  google: {
    id: [],
    secret: [],
    sessionToken: [],
    token: ['CLOUDSDK_AUTH_ACCESS_TOKEN', 'GOOGLE_OAUTH_ACCESS_TOKEN'],
    region: [],
    project: ['CLOUDSDK_CORE_PROJECT', 'GOOGLE_CLOUD_PROJECT'],
  },
  jfrog: {
    id: [],
    secret: [],
    sessionToken: [],
    token: ['JF_ACCESS_TOKEN', 'JFROG_ACCESS_TOKEN'],
    region: [],
    project: ['JF_PROJECT'],
    url: ['JF_URL', 'JFROG_URL'],
  },
};

/**
 * Returns the keys of a cloud's interface: from the environment, else from the file that the cloud's own tools keep. Undefined when there are none.
 * @throws {CredentialError} when a place that should hold them cannot be read
 */
export async function findCloudKey(cloud: Cloud, environment: CredentialEnvironment = hostEnvironment()): Promise<CloudKey | undefined> {
  return fromVariables(variableNames[cloud], environment.variables) ?? (await fromFile(cloud, environment));
}

/** Returns where clouds' interfaces are to be asked instead of at their public addresses: `PLIMSOLL_TENCENT_ENDPOINT` and the like. Of the environment only: whoever writes a project's files does not choose where keys go. */
export function findCloudEndpoints(variables: CredentialEnvironment['variables'] = process.env): Readonly<Partial<Record<Cloud, string>>> {
  const named = clouds.map((cloud) => [cloud, variables[`PLIMSOLL_${cloud.toUpperCase()}_ENDPOINT`]?.trim()] as const);
  return Object.fromEntries(named.filter(([, endpoint]) => endpoint !== undefined && endpoint !== ''));
}

function hostEnvironment(): CredentialEnvironment {
  return { variables: process.env, homeDirectory: os.homedir() };
}

function fromVariables(names: KeyNames, variables: CredentialEnvironment['variables']): CloudKey | undefined {
  const first = (candidates: readonly string[]): string | undefined =>
    candidates.map((name) => variables[name]?.trim()).find((value) => value !== undefined && value !== '');
  const project = first(names.project);
  const token = first(names.token);
  const url = first(names.url ?? []);
  if (token !== undefined) return { kind: 'token', token, ...(project === undefined ? {} : { project }), ...(url === undefined ? {} : { url }) };
  return toKeyPair(first(names.id), first(names.secret), first(names.sessionToken), first(names.region), project);
}

function toKeyPair(id?: string, secret?: string, sessionToken?: string, region?: string, project?: string): CloudKey | undefined {
  if (id === undefined || secret === undefined) return undefined;
  return {
    kind: 'key-pair',
    id,
    secret,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(region === undefined ? {} : { region }),
    ...(project === undefined ? {} : { project }),
  };
}

async function fromFile(cloud: Cloud, { variables, homeDirectory }: CredentialEnvironment): Promise<CloudKey | undefined> {
  switch (cloud) {
    case 'tencent':
      return fromTencentFile(await read(variables.TENCENTCLOUD_CREDENTIALS_FILE ?? path.join(homeDirectory, '.tencentcloud', 'credentials')));
    case 'alibaba':
      return fromAliyunFile(await read(path.join(homeDirectory, '.aliyun', 'config.json')), variables.ALIBABA_CLOUD_PROFILE);
    case 'google':
      return fromGoogleFile(
        await read(
          variables.GOOGLE_APPLICATION_CREDENTIALS ??
            path.join(variables.CLOUDSDK_CONFIG ?? path.join(homeDirectory, '.config', 'gcloud'), 'application_default_credentials.json'),
        ),
        variables.CLOUDSDK_CORE_PROJECT ?? variables.GOOGLE_CLOUD_PROJECT,
      );
    default:
      return undefined;
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readOptionalTextFile(file, MAX_CONFIG_BYTES);
  } catch (error) {
    throw new CredentialError('unreadable', `the cloud credentials in ${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

/** `[default]` followed by `secret_id = …`: the section of that name, else what stands before any. */
function fromTencentFile(text: string | undefined): CloudKey | undefined {
  let section = 'default';
  const values = new Map<string, string>();
  for (const line of text?.split(/\r?\n/) ?? []) {
    const header = /^\s*\[([^\]]*)\]\s*$/.exec(line)?.[1];
    if (header !== undefined) section = header.trim();
    const [, name = '', value = ''] = /^\s*([A-Za-z_]+)\s*=\s*(\S+)\s*$/.exec(line) ?? [];
    if (section === 'default' && name !== '') values.set(name.toLowerCase(), value);
  }
  return toKeyPair(values.get('secret_id'), values.get('secret_key'), values.get('token'), values.get('region'));
}

/** The profile that is named, else the current one. Only those with keys in them: others ask a service for them. */
function fromAliyunFile(text: string | undefined, named: string | undefined): CloudKey | undefined {
  if (text === undefined) return undefined;
  const config = parseJson(text);
  const profiles = memberOf(config, 'profiles');
  const name = named ?? textOf(config, 'current');
  const profile: unknown = Array.isArray(profiles)
    ? profiles.find((candidate) => isRecord(candidate) && textOf(candidate, 'name') === name)
    : undefined;
  const set = (key: string): string | undefined => {
    const value = textOf(profile, key);
    return value === '' ? undefined : value;
  };
  return toKeyPair(set('access_key_id'), set('access_key_secret'), set('sts_token'), set('region_id'));
}

/** A service account's key, or what `gcloud auth application-default login` wrote. Other kinds ask a service of the machine they are on. @see https://cloud.google.com/docs/authentication/application-default-credentials */
function fromGoogleFile(text: string | undefined, project: string | undefined): CloudKey | undefined {
  if (text === undefined) return undefined;
  const file = parseJson(text);
  const scope = project === undefined ? {} : { project };
  switch (textOf(file, 'type')) {
    case 'service_account': {
      const email = textOf(file, 'client_email');
      const privateKey = textOf(file, 'private_key');
      return email === undefined || privateKey === undefined ? undefined : { kind: 'service-account', email, privateKey, ...scope };
    }
    case 'authorized_user': {
      const clientId = textOf(file, 'client_id');
      const clientSecret = textOf(file, 'client_secret');
      const refreshToken = textOf(file, 'refresh_token');
      if (clientId === undefined || clientSecret === undefined || refreshToken === undefined) return undefined;
      return { kind: 'refresh-token', clientId, clientSecret, refreshToken, ...scope };
    }
    default:
      return undefined;
  }
}
