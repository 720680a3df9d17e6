import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detector } from '../../../../../src/image/content/detectors/sensitive-files.ts';
import { inspect } from '../support.ts';

describe('sensitive files', () => {
  const found: readonly (readonly [path: string, content: string, id: string, severity: string, line?: number])[] = [
    ['app/.env', '# db\nDB_HOST=db\nDB_PASSWORD=correct-horse\n', 'sensitive-file:dotenv', 'high', 3],
    ['app/.env.production', 'export API_KEY="abcd1234abcd"\n', 'sensitive-file:dotenv', 'high', 1],
    ['app/.env', 'PORT=80\nDB_PASSWORD=\nSECRET=${FROM_OUTSIDE}\n', 'sensitive-file:dotenv', 'low'],
    ['root/.npmrc', 'registry=https://r.example.com/\n//r.example.com/:_password="c2VjcmV0c2VjcmV0"\n', 'sensitive-file:npmrc', 'high', 2],
    ['root/.pypirc', '[pypi]\nusername = x\npassword = hunter22\n', 'sensitive-file:pypirc', 'high', 3],
    ['root/.netrc', 'machine git.example.com login me password hunter22\n', 'sensitive-file:netrc', 'high', 1],
    ['root/.git-credentials', 'https://me:hunter22@git.example.com\n', 'sensitive-file:git-credentials', 'high', 1],
    ['root/.kube/config', 'apiVersion: v1\nclusters:\n- name: x\nusers:\n- user:\n    token: abcdefgh\n', 'sensitive-file:kubeconfig', 'high', 6],
    ['root/.docker/config.json', '{"auths":{"r.example.com":{"auth":"bWU6aHVudGVyMjI="}}}', 'sensitive-file:docker-config', 'high', 1],
    [
      'root/.m2/settings.xml',
      '<settings>\n<!-- <password>doc</password> -->\n<password>hunter22</password></settings>',
      'sensitive-file:maven-settings',
      'high',
      3,
    ],
    ['root/.aws/credentials', '[default]\n', 'sensitive-file:aws-credentials', 'high'],
    ['app/cert.pfx', 'x', 'sensitive-file:keystore', 'high'],
    ['infra/terraform.tfstate', '{}', 'sensitive-file:terraform-state', 'high'],
    ['app/.git/config', '[core]', 'sensitive-file:git-repository', 'medium'],
    ['root/.bash_history', 'ls\n', 'sensitive-file:shell-history', 'medium'],
  ];
  for (const [path, content, id, severity, line] of found) {
    test(`${path}: ${id}`, () => {
      const hits = inspect(detector, path, content);
      assert.deepEqual(
        hits.map((hit) => [hit.id, hit.severity, hit.line]),
        [[id, severity, line]],
      );
      assert.ok(!/hunter22|correct-horse|abcd1234/.test(JSON.stringify(hits)), 'no secret in the hit');
      assert.ok((hits[0]?.remediation?.length ?? 0) > 0);
    });
  }

  const harmless: readonly (readonly [path: string, content: string])[] = [
    ['app/.env.example', 'DB_PASSWORD=changeme-please\n'],
    ['root/.npmrc', 'registry=https://r.example.com/\n//r.example.com/:_password=${NPM_PASSWORD}\n# _password=abcdefgh\n'],
    ['root/.docker/config.json', '{"credsStore":"desktop","auths":{"r.example.com":{}}}'],
    ['usr/share/maven/conf/settings.xml', '<settings><!-- <password>repopwd</password> --></settings>'],
    ['etc/admin.conf', 'password: letmein'],
    ['app/node_modules/dotenv/tests/.env', 'API_KEY=abcd1234abcd'],
    ['root/.bash_history', ''],
    ['app/environment', 'PASSWORD=hunter22'],
  ];
  for (const [path, content] of harmless) {
    test(`no alarm: ${path}`, () => {
      assert.deepEqual(inspect(detector, path, content), []);
    });
  }

  test('a comment that never ends, ten thousand times, is no hang', () => {
    assert.deepEqual(inspect(detector, 'root/.m2/settings.xml', '<!--'.repeat(100_000)), []);
  });
});
