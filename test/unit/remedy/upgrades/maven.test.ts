import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const log4j = { type: 'maven', name: 'org.apache.logging.log4j:log4j-core', version: '2.14.1', fixed: '2.17.1' } as const;

test('the version in the pom, and the archive that a library lies in', () => {
  const nested = { ...log4j, path: 'app/app.jar', inside: 'BOOT-INF/lib/log4j-core-2.14.1.jar' };
  assert.deepEqual(commandsOf(nested), ['mvn versions:use-dep-version -Dincludes=org.apache.logging.log4j:log4j-core -DdepVersion=2.17.1']);
  assert.match(wordsOf(nested), /builds \/app\/app\.jar[^]*dependencyManagement[^]*If \/app\/app\.jar is not your own/);
  assert.doesNotMatch(wordsOf({ ...log4j, path: 'app/lib/log4j-core.jar' }), /not your own/);
});

test('Gradle, where its lock file tells', () => {
  const locked = { ...log4j, lockFile: 'app/gradle.lockfile' };
  assert.deepEqual(commandsOf(locked), ['gradle dependencies --update-locks org.apache.logging.log4j:log4j-core']);
  assert.match(wordsOf(locked), /implementation\("org\.apache\.logging\.log4j:log4j-core:2\.17\.1"\)/);
});

test('a library whose group is not known has no command', () => {
  assert.deepEqual(commandsOf({ ...log4j, name: 'log4j', path: 'opt/app/log4j.jar' }), []);
  assert.match(
    wordsOf({ ...log4j, name: 'log4j', path: 'opt/app/log4j.jar' }),
    /Replace the library log4j in \/opt\/app\/log4j\.jar by version 2\.17\.1/,
  );
});
