import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { DetectorHit } from '../../../../../src/image/content/detector.ts';
import { detector } from '../../../../../src/image/content/detectors/tokens.ts';
import { config, file, history, inspect, tokenWithChecksum } from '../support.ts';

const letters = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8s9T0u1V2w3X4y5Z6';
const github = tokenWithChecksum('ghp_');
const samples: Readonly<Record<string, string>> = {
  'secret:aws-access-key-id': ['AKIA', 'Q3EGRV7ZLM2XWT5P'].join(''),
  'secret:aws-secret-access-key': `aws_secret_access_key = ${['kT9vXb2Lq8Zw5Rn1Yc7M', 'd4Jf6Hs3Pg0Ua+Ei/Ol='].join('').replace('=', 'B')}`,
  'secret:github-token': github,
  'secret:github-fine-grained-token': `github_pat_${letters.slice(0, 22)}_${(letters + letters).slice(0, 59)}`,
  'secret:gitlab-token': `glpat-${letters.slice(0, 20)}`,
  'secret:slack-token': `xoxb-123456789012-1234567890123-${letters.slice(0, 24)}`,
  'secret:slack-webhook': `https://hooks.slack.com/services/TA1B2C3D4E/BF5G6H7I8J/${letters.slice(0, 24)}`,
  'secret:npm-token': tokenWithChecksum('npm_'),
  'secret:npm-auth-token': '//registry.example.com/:_authToken=0b7c6f52-4d1e-4a39-9f2b-8e5d3c1a7b60',
  'secret:docker-hub-token': `dckr_pat_${letters.slice(0, 27)}`,
  'secret:pypi-token': `pypi-AgEIcHlwaS5vcmc${letters}`,
  'secret:google-api-key': `AIza${letters.slice(0, 35)}`,
  'secret:stripe-live-key': `sk_live_${letters.slice(0, 24)}`,
};

describe('tokens in files', () => {
  for (const [id, sample] of Object.entries(samples)) {
    test(`${id} is found, on its line, and not shown`, () => {
      const [hit, ...more] = inspect(detector, 'app/settings.conf', `# settings\nvalue="${sample}"\n`);
      assert.equal(hit?.id, id);
      assert.equal(more.length, 0);
      assert.equal(hit.line, 2);
      assert.equal(hit.category, 'sensitive-file');
      const secret = /[A-Za-z0-9_/+-]{16,}$/.exec(sample)?.[0] ?? sample;
      assert.ok(!JSON.stringify(hit).includes(secret.slice(-16)), 'the secret must not be in the hit');
      assert.match(hit.title, /\(\d+ characters\)/);
      assert.ok((hit.remediation?.length ?? 0) > 0);
    });
  }

  test('first 3 characters and the length are shown', () => {
    assert.equal(inspect(detector, 'x', github)[0]?.title, 'GitHub token ghp… (40 characters)');
  });

  test('a wrong checksum is said to be one, and low', () => {
    const [hit] = inspect(detector, 'x', `${github.slice(0, -1)}${github.endsWith('Z') ? 'Y' : 'Z'}`);
    assert.equal(hit?.severity, 'low');
    assert.match(hit.title, /checksum/);
  });

  for (const harmless of [
    'AKIAIOSFODNN7EXAMPLE',
    'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'AKIAXXXXXXXXXXXXXXXX',
    `ghp_${'x'.repeat(36)}`,
    'glpat-xxxxxxxxxxxxxxxxxxxx',
    '//registry.example.com/:_authToken=${NPM_TOKEN}',
    `sha512-zzAKIAQ3EGRV7ZLM2XWT5Pqq==`,
    'npm_config_registry=https://registry.example.com/',
    'xoxb-not-a-token',
    `${github}0123456789`,
  ]) {
    test(`no alarm: ${harmless.slice(0, 50)}`, () => {
      assert.deepEqual(inspect(detector, 'app/readme.txt', `text ${harmless} text`), []);
    });
  }

  test('documentation, binaries, compiled files and published tests are not read', () => {
    for (const path of [
      'usr/share/doc/x/README',
      'usr/lib/libx.so.1.2',
      'app/__pycache__/x.pyc',
      'usr/share/zoneinfo/UTC',
      'app/node_modules/x/test/a.js',
      'x.png',
    ]) {
      assert.equal(detector.wantsContent?.(file(path)), false, path);
    }
    for (const path of ['app/index.js', 'root/.npmrc', 'etc/app.conf', 'usr/local/bin/run', 'app/test/a.js', 'app/node_modules/x/index.js']) {
      assert.equal(detector.wantsContent?.(file(path)), true, path);
    }
    assert.deepEqual(inspect(detector, 'app/program', `\u007fELF\0\0${github}`), []);
  });
});

const inspectConfig = (...args: Parameters<typeof config>): readonly DetectorHit[] => [...(detector.inspectConfig?.(config(...args)) ?? [])];

describe('tokens in the configuration', () => {
  test('ENV, its history entry and a RUN with the same token are one finding, at the instruction', () => {
    const hits = inspectConfig({
      env: ['PATH=/usr/bin', `GH=${github}`],
      history: history('FROM x', `ENV GH=${github}`, `RUN /bin/sh -c echo ${github} # buildkit`),
    });
    assert.deepEqual(
      hits.map(({ historyIndex, title }) => [historyIndex, title]),
      [[2, 'GitHub token ghp… (40 characters) in the environment variable "GH"']],
    );
    assert.ok(!JSON.stringify(hits).includes(github));
  });

  test('labels and build arguments are looked at', () => {
    const other = tokenWithChecksum('gho_');
    const ids = inspectConfig({ labels: { token: other }, history: history(`|1 T=${github} /bin/sh -c make`) }).map(({ title, historyIndex }) => [
      title,
      historyIndex,
    ]);
    assert.deepEqual(ids, [
      ['GitHub token gho… (40 characters) in the label "token"', undefined],
      ['GitHub token ghp… (40 characters) in a build command', 0],
    ]);
  });
});

test('law: any bytes are survived, and what is reported never holds a token', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom(...Object.values(samples)), fc.nat(400), (noise, sample, cut) => {
      const bytes = Buffer.concat([noise.subarray(0, cut), Buffer.from(sample), noise.subarray(cut)]);
      for (const hit of inspect(detector, 'app/x', bytes)) assert.ok(!JSON.stringify(hit).includes(sample));
    }),
    { numRuns: 200 },
  );
});

test('many tokens in one file are bounded, by one more than the limit so that the engine notices', () => {
  const many = Array.from({ length: 300 }, (_, i) => `glpat-${letters.slice(0, 17)}${String(i).padStart(3, '0')}`).join('\n');
  assert.equal(inspect(detector, 'app/x', many).length, 51);
});
