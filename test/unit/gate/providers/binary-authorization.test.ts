import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, beforeEach, describe, test } from 'node:test';
import { createHttpClient } from '../../../../src/foundation/io/http-client.ts';
import type { Digest } from '../../../../src/foundation/model/brand.ts';
import type { PolicyDecision, PolicyVulnerability } from '../../../../src/foundation/model/policy.ts';
import type { Severity } from '../../../../src/foundation/model/severity.ts';
import { checkPolicy } from '../../../../src/gate/check.ts';
import { provider } from '../../../../src/gate/providers/binary-authorization.ts';
import type { CloudKey } from '../../../../src/foundation/model/cloud-key.ts';
import type { Credential } from '../../../../src/registry/credentials.ts';
import { startGoogleServer, type GoogleServer } from '../../../support/google-server.ts';

const IMAGE = 'europe-docker.pkg.dev/harbour/team/app';
const DIGEST = `sha256:${'a'.repeat(64)}` as Digest;
const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});
const ACCOUNT = { type: 'service_account', client_email: 'ci@harbour.example', private_key: privateKey };

let google: GoogleServer;
before(async () => {
  google = await startGoogleServer();
});
after(() => google.close());
beforeEach(() => {
  const { state } = google;
  state.platformPolicies.length = 0;
  state.verdicts.clear();
  state.failures.clear();
  state.requests.length = 0;
  state.accounts.clear();
  state.accounts.set(ACCOUNT.client_email, publicKey);
  state.tokens.clear();
  state.tokens.add('token-of-example');
  admit({ evaluationMode: 'ALWAYS_ALLOW' });
});

describe('signing in', () => {
  const expectRead = async (changes: CheckChanges) => {
    assert.equal((await check([], changes)).decision, 'allow');
  };
  test('with what docker is signed in with: a token, a key, an encoded key', async () => {
    const json = JSON.stringify(ACCOUNT);
    for (const [username, password] of [
      ['oauth2accesstoken', 'token-of-example'],
      ['_json_key', json],
      ['_json_key_base64', Buffer.from(json).toString('base64')],
    ] as const)
      await expectRead({ key: null, credential: { kind: 'basic', username, password } });
  });
  test("with the account of the cloud's own tools", async () => {
    await expectRead({ key: { kind: 'service-account', email: ACCOUNT.client_email, privateKey } });
    await expectRead({ key: { kind: 'refresh-token', clientId: 'id', clientSecret: 'secret', refreshToken: 'refresh-of-example' } });
  });
  test('nothing, a wrong key, a damaged key: unknown, with what to do, and no key in the answer', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    for (const [key, reason] of [
      [null, /application-default login/],
      [{ kind: 'service-account', email: ACCOUNT.client_email, privateKey: stranger }, /Invalid JWT Signature/],
      [{ kind: 'service-account', email: ACCOUNT.client_email, privateKey: 'no key' }, /private key/],
      [{ kind: 'token', token: 'expired' }, /401/],
    ] as const) {
      const answer = await check([], { key });
      assert.equal(answer.decision, 'unknown');
      assert.match(answer.reason, reason);
      assert.doesNotMatch(JSON.stringify(answer), /PRIVATE KEY|no key'|expired"/);
    }
  });
});

describe('reading', () => {
  test("the project is the image's, or the one whose clusters run it", async () => {
    assert.equal((await check([], { reference: 'gcr.io/harbour/app:1' })).decision, 'allow');
    assert.equal(
      (await check([], { reference: 'gcr.io/elsewhere/app:1', key: { kind: 'token', token: 'token-of-example', project: 'harbour' } })).decision,
      'allow',
    );
    const missing = await check([], { reference: 'gcr.io/elsewhere/app:1' });
    assert.equal(missing.decision, 'unknown');
    assert.match(missing.reason, /CLOUDSDK_CORE_PROJECT/);
  });

  for (const [what, path, status, body, reason] of [
    ['a permission is missing', '/v1/projects/harbour/policy', 403, { error: { message: 'denied' } }, /policyViewer/],
    ['platform policies may not be listed', '/v1/projects/harbour/platforms/gke/policies', 403, {}, /policyViewer/],
    ['the answer is no policy', '/v1/projects/harbour/policy', 200, {}, /defaultAdmissionRule/],
    ['the answer is no JSON', '/v1/projects/harbour/policy', 200, '<html>', /200/],
    ['the answer is another list', '/v1/projects/harbour/platforms/gke/policies', 200, { items: [] }, /platform policies/],
    ['the list is none', '/v1/projects/harbour/platforms/gke/policies', 200, { platformPolicies: {} }, /platform policies/],
    ['they are down', '/v1/projects/harbour/policy', 503, '', /try again later/],
  ] as const) {
    test(`${what}: unknown`, async () => {
      google.state.failures.set(path, { status, body });
      const answer = await check([]);
      assert.equal(answer.decision, 'unknown');
      assert.match(answer.reason, reason);
    });
  }

  test('a platform policy that does not hold its checks: unknown', async () => {
    const name = 'projects/harbour/platforms/gke/policies/odd';
    for (const gkePolicy of [
      undefined,
      [],
      { checkSets: {} },
      { checkSets: [3] },
      { checkSets: [{ checks: 'all' }] },
      { checkSets: [{ checks: [{}] }] },
      { checkSets: [{ checks: [{ vulnerabilityCheck: true }] }] },
      { checkSets: [{ checks: [{ alwaysDeny: 'true' }] }] },
      {
        checkSets: [
          { checks: [{ vulnerabilityCheck: { maximumFixableSeverity: 'ALLOW_ALL', maximumUnfixableSeverity: 'ALLOW_ALL', blockedCves: 'CVE-1' } }] },
        ],
      },
    ]) {
      google.state.platformPolicies.splice(0, Number.POSITIVE_INFINITY, { name, gkePolicy });
      assert.equal((await check([vulnerability('CVE-1', 'high')])).decision, 'unknown', JSON.stringify(gkePolicy));
    }
  });

  test('a list of platform policies without an end: unknown', async () => {
    const path = '/v1/projects/harbour/platforms/gke/policies';
    google.state.failures.set(path, { status: 200, body: { platformPolicies: [], nextPageToken: 'more' } });
    assert.equal((await check([])).decision, 'unknown');
  });

  test('more than one page of platform policies', async () => {
    for (let i = 0; i < 4; i++) platform([{ checks: [] }], `p${i}`);
    platform([{ checks: [{ alwaysDeny: true }] }], 'last');
    assert.match((await check([])).reason, /'last' denies everything/);
  });

  test('an image that is there already is judged by Google itself; a refusal to do so is told', async () => {
    platform([{ checks: [{ vulnerabilityCheck: { maximumFixableSeverity: 'LOW', maximumUnfixableSeverity: 'LOW' } }] }]);
    google.state.verdicts.set(`${IMAGE}@${DIGEST}`, 'CONFORMANT');
    assert.equal((await check([vulnerability('CVE-1', 'critical')], { reference: `${IMAGE}@${DIGEST}` })).decision, 'allow');
    google.state.verdicts.set(`${IMAGE}@${DIGEST}`, 'NON_CONFORMANT');
    assert.equal((await check([], { reference: `${IMAGE}@${DIGEST}` })).decision, 'block');
    // Another image that is only asked about under that name is not the one that Google has.
    google.state.verdicts.set(`${IMAGE}@${DIGEST}`, 'CONFORMANT');
    const other = `sha256:${'e'.repeat(64)}` as Digest;
    assert.equal((await check([vulnerability('CVE-1', 'critical')], { reference: `${IMAGE}@${DIGEST}`, digest: other })).decision, 'block');
    google.state.verdicts.clear();
    const here = await check([vulnerability('CVE-1', 'critical')], { reference: `${IMAGE}@${DIGEST}` });
    assert.equal(here.decision, 'block');
    assert.match(here.problems[0]?.message ?? '', /policyEvaluator/);
  });
});

describe("the project's policy", () => {
  for (const [what, rule, more, decision] of [
    ['allows all', { evaluationMode: 'ALWAYS_ALLOW' }, {}, 'allow'],
    ['denies all', { evaluationMode: 'ALWAYS_DENY', enforcementMode: 'ENFORCED_BLOCK_AND_AUDIT_LOG' }, {}, 'block'],
    ['denies all, as a dry run', { evaluationMode: 'ALWAYS_DENY', enforcementMode: 'DRYRUN_AUDIT_LOG_ONLY' }, {}, 'allow'],
    ['asks for attestations', { evaluationMode: 'REQUIRE_ATTESTATION', requireAttestationsBy: ['projects/harbour/attestors/qa'] }, {}, 'unknown'],
    ['has a mode of a later version', { evaluationMode: 'ASK_NICELY' }, {}, 'unknown'],
    ['exempts the folder', { evaluationMode: 'ALWAYS_DENY' }, exempting('europe-docker.pkg.dev/harbour/team/*'), 'allow'],
    ['exempts another folder', { evaluationMode: 'ALWAYS_DENY' }, exempting('europe-docker.pkg.dev/harbour/*'), 'block'],
    ['exempts all below a folder', { evaluationMode: 'ALWAYS_DENY' }, exempting('europe-docker.pkg.dev/harbour/**'), 'allow'],
    ['exempts the name without its tag', { evaluationMode: 'ALWAYS_DENY' }, exempting(IMAGE), 'unknown'],
    [
      'differs between clusters',
      { evaluationMode: 'ALWAYS_ALLOW' },
      { clusterAdmissionRules: { 'eu.prod': { evaluationMode: 'ALWAYS_DENY' } } },
      'unknown',
    ],
    [
      'is the same in each cluster',
      { evaluationMode: 'ALWAYS_DENY' },
      { clusterAdmissionRules: { 'eu.prod': { evaluationMode: 'ALWAYS_DENY' } } },
      'block',
    ],
  ] as const) {
    test(`${what}: ${decision}`, async () => {
      admit(rule, more);
      assert.equal((await check([])).decision, decision);
    });
  }
});

describe('platform policies', () => {
  const check1 = { maximumFixableSeverity: 'MEDIUM', maximumUnfixableSeverity: 'HIGH' };
  for (const [what, vulnerabilityCheck, found, decision] of [
    ['above the maximum, with a fix', check1, [vulnerability('CVE-1', 'high', '2')], 'block'],
    ['at the maximum, with a fix', check1, [vulnerability('CVE-1', 'medium', '2')], 'allow'],
    ['at the maximum, without', check1, [vulnerability('CVE-1', 'high')], 'allow'],
    ['above the maximum, without', check1, [vulnerability('CVE-1', 'critical')], 'block'],
    [
      'nothing is allowed',
      { maximumFixableSeverity: 'BLOCK_ALL', maximumUnfixableSeverity: 'BLOCK_ALL' },
      [vulnerability('CVE-1', 'unknown')],
      'block',
    ],
    ['all is allowed', { maximumFixableSeverity: 'ALLOW_ALL', maximumUnfixableSeverity: 'ALLOW_ALL' }, [vulnerability('CVE-1', 'critical')], 'allow'],
    [
      'all but an id',
      { maximumFixableSeverity: 'ALLOW_ALL', maximumUnfixableSeverity: 'ALLOW_ALL', blockedCves: ['CVE-1'] },
      [vulnerability('CVE-1', 'low')],
      'block',
    ],
    [
      'another name of a blocked id',
      { maximumFixableSeverity: 'ALLOW_ALL', maximumUnfixableSeverity: 'ALLOW_ALL', blockedCves: ['CVE-1'] },
      [{ ...vulnerability('GHSA-1', 'low'), aliases: ['CVE-1'] }],
      'unknown',
    ],
    ['an id that is allowed', { ...check1, allowedCves: ['CVE-1'] }, [vulnerability('CVE-1', 'critical')], 'allow'],
    ['no severity here', check1, [vulnerability('CVE-1', 'unknown')], 'unknown'],
    ['a maximum of a later version', { ...check1, maximumUnfixableSeverity: 'NOVEL' }, [vulnerability('CVE-1', 'low')], 'unknown'],
  ] as const) {
    test(`${what}: ${decision}`, async () => {
      platform([{ checks: [{ vulnerabilityCheck }] }]);
      assert.equal((await check(found)).decision, decision);
    });
  }

  test('that they report and do not stop is said', async () => {
    platform([{ checks: [{ vulnerabilityCheck: check1 }] }]);
    assert.match((await check([vulnerability('CVE-1', 'critical')])).reason, /does not keep a pod from starting/);
  });

  test('checks that only Google can make leave it open; what surely fails, fails', async () => {
    platform([{ checks: [{ slsaCheck: { rules: [] } }, { imageFreshnessCheck: { maxUploadAgeDays: 30 } }, { vulnerabilityCheck: check1 }] }]);
    const open = await check([]);
    assert.equal(open.decision, 'unknown');
    assert.match(open.reason, /slsaCheck/);
    assert.equal((await check([vulnerability('CVE-1', 'critical')])).decision, 'block');
  });

  test('sets for several scopes that differ leave it open', async () => {
    platform([{ scope: { kubernetesNamespace: 'prod' }, checks: [{ vulnerabilityCheck: check1 }] }, { checks: [] }]);
    assert.equal((await check([vulnerability('CVE-1', 'critical')])).decision, 'unknown');
    assert.equal((await check([])).decision, 'allow');
  });

  test('a check of a later version leaves it open', async () => {
    platform([{ checks: [{ displayName: 'new', novelCheck: {} }] }]);
    assert.equal((await check([])).decision, 'unknown');
  });

  test('a partial scan that found nothing proves nothing', async () => {
    platform([{ checks: [{ vulnerabilityCheck: check1 }] }]);
    assert.equal((await check([], { complete: false })).decision, 'unknown');
  });

  test('a partial scan says all that checks need which look at no vulnerabilities', async () => {
    platform([{ checks: [{ imageFreshnessCheck: { maxUploadAgeDays: 30 } }] }]);
    assert.equal((await check([], { complete: false })).decision, 'allow');
  });
});

function admit(defaultAdmissionRule: object, more: object = {}): void {
  google.state.policy = { defaultAdmissionRule, ...more };
}

function exempting(namePattern: string): object {
  return { admissionWhitelistPatterns: [{ namePattern }] };
}

function platform(checkSets: readonly object[], name = 'production'): void {
  google.state.platformPolicies.push({ name: `projects/harbour/platforms/gke/policies/${name}`, gkePolicy: { checkSets } });
}

function vulnerability(id: string, severity: Severity, fixedVersion?: string): PolicyVulnerability {
  const purl = 'pkg:deb/debian/zlib1g@1' as NonNullable<PolicyVulnerability['package']>['purl'];
  const fix = fixedVersion === undefined ? { status: 'affected' as const } : { status: 'fixed' as const, fixedVersion };
  return { id, severity, remediation: [], package: { purl, name: 'zlib1g', installedVersion: '1', ...fix } };
}

interface CheckChanges {
  readonly reference?: string;
  readonly digest?: Digest;
  readonly complete?: boolean;
  readonly key?: CloudKey | null;
  readonly credential?: Credential;
}

function check(
  vulnerabilities: readonly PolicyVulnerability[],
  { reference = `${IMAGE}:1`, digest = DIGEST, complete = true, key = { kind: 'token', token: 'token-of-example' }, credential }: CheckChanges = {},
): Promise<PolicyDecision> {
  return checkPolicy({
    http: createHttpClient(),
    credentialFor: () => Promise.resolve(credential),
    cloudKeyFor: () => Promise.resolve(key ?? undefined),
    endpoints: { google: google.url },
    now: new Date(),
    providers: [provider],
    reference,
    digest,
    image: { platform: { os: 'linux', architecture: 'amd64' }, vulnerabilities, complete },
    fixes: [],
  });
}
