import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { applicationPackageTypes, systemPackageTypes, type PackageType } from '../../../src/foundation/model/package.ts';
import { upgrades } from '../../../src/remedy/upgrades.generated.ts';
import { commandsOf, remediesOf, wordsOf, type PackageFacts } from '../../support/vulnerable-package.ts';

/** A package as it might be, of each type: what is not listed does not compile. */
const samples: Readonly<Record<PackageType, Omit<PackageFacts, 'type'>>> = {
  alpm: { name: 'openssl', fixed: '3.3.1-1', path: 'var/lib/pacman/local/openssl-3.3.0-1/desc' },
  apk: { name: 'libcrypto3', fixed: '3.3.2-r1', path: 'lib/apk/db/installed' },
  cargo: { name: 'time', fixed: '0.2.23', lockFile: 'app/Cargo.lock' },
  cocoapods: { name: 'Firebase/Core', fixed: '10.1.0', lockFile: 'app/Podfile.lock' },
  composer: { name: 'symfony/http-kernel', fixed: '6.4.4', lockFile: 'app/composer.lock' },
  conan: { name: 'zlib', fixed: '1.2.13', lockFile: 'app/conan.lock' },
  conda: { name: 'openssl', fixed: '3.0.8', path: 'opt/conda/envs/web/conda-meta/openssl.json' },
  cpan: { name: 'HTTP-Tiny', fixed: '0.083' },
  cran: { name: 'readxl', fixed: '1.4.1' },
  deb: { name: 'libssl3', fixed: '3.0.11-1~deb12u2', path: 'var/lib/dpkg/status' },
  gem: { name: 'rexml', fixed: '3.3.9', path: 'usr/lib/ruby/gems/3.3.0/specifications/rexml-3.2.6.gemspec' },
  generic: { name: 'wordpress-theme/astra', fixed: '4.6.9' },
  golang: { name: 'golang.org/x/net', fixed: '0.23.0', path: 'usr/local/bin/gosu' },
  hackage: { name: 'aeson', fixed: '2.0.1.0', lockFile: 'app/cabal.project.freeze' },
  hex: { name: 'phoenix', fixed: '1.7.14', lockFile: 'app/mix.lock' },
  julia: { name: 'HTTP', fixed: '1.10.17', lockFile: 'app/Manifest.toml' },
  luarocks: { name: 'lua-resty-jwt', fixed: '0.2.3-0' },
  maven: { name: 'org.apache.logging.log4j:log4j-core', fixed: '2.17.1', path: 'app/app.jar', inside: 'BOOT-INF/lib/log4j-core-2.14.1.jar' },
  nix: { name: 'openssl', fixed: '3.0.14' },
  npm: { name: '@babel/traverse', fixed: '7.23.2', path: 'app/node_modules/@babel/traverse/package.json' },
  nuget: { name: 'Newtonsoft.Json', fixed: '13.0.1', path: 'app/web.deps.json' },
  opkg: { name: 'libopenssl1.1', fixed: '1.1.1w-1' },
  otp: { name: 'ssh', fixed: '5.2.9' },
  pear: { name: 'pear.php.net/Archive_Tar', fixed: '1.4.14' },
  portage: { name: 'dev-libs/openssl', fixed: '3.0.13-r2' },
  pub: { name: 'http', fixed: '0.13.3', lockFile: 'app/pubspec.lock' },
  pypi: { name: 'Jinja2', fixed: '3.1.4', path: 'usr/lib/python3.12/site-packages/x' },
  rpm: { name: 'openssl-libs', fixed: '1:3.0.7-25.el9_3', path: 'var/lib/rpm/rpmdb.sqlite', distro: ['rhel', '9.3'], module: 'openssl:3:1:2' },
  swift: { name: 'github.com/apple/swift-nio', fixed: '2.42.0', lockFile: 'app/Package.resolved' },
  'windows-update': { name: 'KB5044281', fixed: 'KB5046616' },
  'wordpress-plugin': { name: 'contact-form-7', fixed: '5.3.2' },
};
const types: readonly PackageType[] = [...systemPackageTypes, ...applicationPackageTypes];
const withoutCommand: readonly PackageType[] = ['conan', 'otp', 'windows-update'];

const hostileCharacters = [
  ' ',
  ';',
  '$(id)',
  '`',
  '&',
  '|',
  '<',
  '>',
  "'",
  '"',
  '\\',
  '\n',
  '\r',
  '\t',
  '\0',
  '*',
  '?',
  '#',
  '!',
  '{',
  '[',
  '\u202e',
  '\u200b',
  'é',
  '；',
];
const plainCommand = /^(?:[A-Za-z0-9@%+=:,./_~-]+|'[^'\n]*'|&&)(?: (?:[A-Za-z0-9@%+=:,./_~-]+|'[^'\n]*'|&&))*$/;
const anything = fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom('1.0', '$(reboot)', '-x', "a'b", 'a\nb', 'nodejs:18', 'suse', 'rhel', '9'));
/** Also such that lead to other commands. */
const anyPath = fc.oneof(
  anything,
  fc
    .tuple(
      fc.constantFrom('opt/conda/envs/', 'usr/lib/node_modules/', 'app/vendor/bundle/', 'usr/lib/ruby/gems/'),
      anything,
      fc.constantFrom('/conda-meta/x', '/node_modules/tar/package.json', '/x.gemspec'),
    )
    .map((parts) => parts.join('')),
);
const anyFacts = fc.record({
  version: anything,
  path: anyPath,
  inside: anything,
  module: anything,
  source: fc.tuple(anything, anything),
  distro: fc.tuple(anything, anything, anything),
  isLocked: fc.boolean(),
});

test('each file is an entry under its own name, and each type is served once', () => {
  const files = readdirSync(path.join(import.meta.dirname, '../../../src/remedy/upgrades')).map((file) => path.basename(file, '.ts'));
  assert.deepEqual(
    upgrades.map(({ id }) => id),
    files.sort(),
  );
  assert.deepEqual(upgrades.flatMap(({ types: served }) => served).sort(), [...types].sort());
});

for (const type of types) {
  const sample = { type, ...samples[type] };

  test(`${type}: what to do is said, once each, and a command says what it does`, () => {
    const remedies = remediesOf(sample);
    assert.equal(commandsOf(sample).length > 0, !withoutCommand.includes(type));
    assert.equal(new Set(remedies.map(({ text }) => text)).size, remedies.length);
    for (const { kind, text, description } of remedies) {
      assert.doesNotMatch(`${text}${description ?? ''}`, /undefined|\n/);
      assert.ok(kind === 'command' ? (description?.length ?? 0) > 20 : text.length > 40, text);
    }
    assert.match(remedies.map(({ text, description }) => `${text} ${description ?? ''}`).join('\n'), /\d\.\d|KB\d/);
  });

  test(`${type}: what only a lock file names is said to be`, () => {
    assert.match(wordsOf({ ...sample, lockFile: 'srv/app/some.lock' }), /The lock file \/srv\/app\/some\.lock names it/);
    assert.match(wordsOf({ ...sample, lockFile: 'srv/$(reboot)/some.lock' }), /The lock file names it/);
  });

  test(`${type}: law: one hostile character anywhere in a name or a version, and there is no command`, () => {
    fc.assert(
      fc.property(fc.constantFrom<'name' | 'fixed'>('name', 'fixed'), fc.nat(), fc.constantFrom(...hostileCharacters), (part, at, character) => {
        const word = sample[part];
        const place = at % (word.length + 1);
        const remedies = remediesOf({ ...sample, [part]: `${word.slice(0, place)}${character}${word.slice(place)}` });
        assert.ok(remedies.length > 0);
        for (const { kind, text } of remedies) {
          assert.equal(kind, 'manual', text);
          assert.doesNotMatch(text, /[;$`\n\u202e\u200b]/);
        }
      }),
      { numRuns: 150 },
    );
  });

  test(`${type}: law: no word of a command is an option that the name or the version brought`, () => {
    for (const option of ['-x', '--install-dir=/', '-', '--']) {
      for (const remedy of [...remediesOf({ ...sample, name: option }), ...remediesOf({ ...sample, fixed: option })])
        assert.equal(remedy.kind, 'manual');
    }
  });

  test(`${type}: law: whatever the paths, versions, sources, modules and distributions of an image, a command is plain words, quoted words and &&`, () => {
    fc.assert(
      fc.property(anyFacts, ({ isLocked, ...rest }) => {
        const facts = { ...sample, ...rest };
        for (const text of commandsOf(isLocked ? { ...facts, lockFile: rest.path } : facts)) {
          assert.match(text, plainCommand);
          assert.doesNotMatch(text, /reboot| -x(?: |$)/);
        }
      }),
      { numRuns: 100 },
    );
  });
}
