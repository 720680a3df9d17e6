import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const net = { type: 'golang', name: 'golang.org/x/net', version: 'v0.22.0', path: 'usr/local/bin/gosu' } as const;

test('go get, with Go’s v before the version', () => {
  for (const fixed of ['0.23.0', 'v0.23.0']) assert.deepEqual(commandsOf({ ...net, fixed }), ['go get golang.org/x/net@v0.23.0 && go mod tidy']);
  assert.match(wordsOf({ ...net, fixed: '0.23.0' }), /in the source of \/usr\/local\/bin\/gosu[^]*is not your own, take a newer release/);
  assert.doesNotMatch(wordsOf({ ...net, path: 'app', lockFile: 'app/go.mod', fixed: '0.23.0' }), /your own/);
});

test('the standard library comes with Go', () => {
  for (const fixed of ['1.22.5', 'go1.22.5']) {
    assert.deepEqual(commandsOf({ ...net, name: 'stdlib', fixed }), []);
    assert.match(wordsOf({ ...net, name: 'stdlib', fixed }), /Build \/usr\/local\/bin\/gosu with Go 1\.22\.5 or later/);
  }
});

test('a major version is another module, but for those from before modules', () => {
  const get = (name: string, version: string, fixed: string): readonly string[] => commandsOf({ ...net, name, version, fixed });
  assert.deepEqual(get('github.com/golang-jwt/jwt/v4', 'v4.5.0', '4.5.2'), ['go get github.com/golang-jwt/jwt/v4@v4.5.2 && go mod tidy']);
  assert.deepEqual(get('gopkg.in/yaml.v2', 'v2.2.4', '2.2.8'), ['go get gopkg.in/yaml.v2@v2.2.8 && go mod tidy']);
  assert.deepEqual(get('github.com/docker/docker', 'v20.10.7+incompatible', '20.10.9'), ['go get github.com/docker/docker@v20.10.9 && go mod tidy']);
  assert.deepEqual(get('github.com/golang-jwt/jwt/v4', 'v4.5.0', '5.2.2'), []);
  assert.match(
    wordsOf({ ...net, name: 'github.com/golang-jwt/jwt/v4', version: 'v4.5.0', fixed: '5.2.2' }),
    /go get github\.com\/golang-jwt\/jwt\/v5@v5\.2\.2/,
  );
  assert.match(wordsOf({ ...net, name: 'gopkg.in/yaml.v2', version: 'v2.2.4', fixed: '3.0.0' }), /go get gopkg\.in\/yaml\.v3@v3\.0\.0/);
  assert.match(wordsOf({ ...net, name: 'github.com/sirupsen/x', version: 'v1.0.0', fixed: '2.1.0' }), /go get github\.com\/sirupsen\/x\/v2@v2\.1\.0/);
});
