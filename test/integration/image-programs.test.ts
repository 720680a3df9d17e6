import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { analyzer as cargoAuditable } from '../../src/image/inventory/analyzers/program/cargo-auditable.ts';
import { analyzer as goBuildInfo } from '../../src/image/inventory/analyzers/program/go-build-info.ts';
import { analyzer as knownPrograms } from '../../src/image/inventory/analyzers/program/known-programs.ts';
import { analyzer as upxPacked } from '../../src/image/inventory/analyzers/program/upx-packed.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { readProgram, summarize } from '../unit/image/inventory/analyzers/program/support.ts';

/** Programs that are on this machine, against what they say of themselves. Those that are not are left out. */

/** Product, command, and where in what it prints the version is. */
const COMMANDS: readonly (readonly [product: string, command: readonly string[], version: RegExp])[] = [
  ['bash', ['bash', '--version'], /version (\d+\.\d+\.\d+)/],
  ['busybox', ['busybox'], /v(\d+\.\d+\.\d+)/],
  ['curl', ['curl', '--version'], /curl (\d+\.\d+\.\d+)/],
  ['ffmpeg', ['ffmpeg', '-version'], /version (\d+\.\d+(?:\.\d+)?)/],
  ['gcc', ['gcc', '--version'], /(\d+\.\d+\.\d+)$/m],
  ['git', ['git', '--version'], /version (\d+\.\d+\.\d+)/],
  ['gnupg', ['gpg', '--version'], /(\d+\.\d+\.\d+)/],
  ['httpd', ['apache2', '-v'], /Apache\/(\d+\.\d+\.\d+)/],
  ['imagemagick', ['convert', '-version'], /ImageMagick (\S+)/],
  ['jq', ['jq', '--version'], /jq-(\d+\.\d+(?:\.\d+)?)/],
  ['memcached', ['memcached', '-V'], /(\d+\.\d+\.\d+)/],
  ['nginx', ['nginx', '-v'], /nginx\/(\d+\.\d+\.\d+)/],
  ['openssh', ['ssh', '-V'], /OpenSSH_(\d+\.\d+p\d)/],
  ['openssl', ['openssl', 'version'], /OpenSSL (\S+)/],
  ['perl', ['perl', '-e', 'printf "%vd", $^V'], /(\d+\.\d+\.\d+)/],
  ['php', ['php', '-r', 'echo PHP_VERSION;'], /(\d+\.\d+\.\d+)/],
  ['postgresql', ['psql', '--version'], /(\d+\.\d+)/],
  ['rust', ['rustc', '--version'], /rustc (\S+)/],
  ['sudo', ['sudo', '--version'], /version (\S+)/],
  ['tcpdump', ['tcpdump', '--version'], /version (\d+\.\d+\.\d+)/],
  ['wget', ['wget', '--version'], /Wget (\d+\.\d+(?:\.\d+)?)/],
  ['xz', ['xz', '--version'], /(\d+\.\d+\.\d+)/],
  ['zstd', ['zstd', '--version'], /v(\d+\.\d+\.\d+)/],
];

function run(command: string, ...args: readonly string[]): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', timeout: 20_000 });
  return status === 0 ? `${stdout}${stderr}` : undefined;
}

test('known programs: the version that each says of itself', (t) => {
  const checked: string[] = [];
  for (const [product, [command = '', ...args], pattern] of COMMANDS) {
    const version = pattern.exec(run(command, ...args) ?? '')?.[1];
    const file = run('sh', '-c', `command -v ${command}`)?.trim() ?? '';
    if (version === undefined || !existsSync(file)) continue;
    const real = realpathSync(file);
    const bytes = readFileSync(real);
    // Scripts that start the program, and a program that starts the version chosen for a folder.
    if (bytes.subarray(0, 4).toString('latin1') !== '\x7fELF' || path.basename(real) === 'rustup') continue;
    const found = summarize(readProgram(knownPrograms, real, bytes).value.packages);
    // A package may have nothing of the name in the program itself, but all of it in a library.
    if (found.length > 0) assert.ok(found.includes(`generic ${product} ${version}`), `${real}: ${found.join(', ')}; it says ${version}`);
    if (found.length > 0) checked.push(product);
  }
  t.diagnostic(`compared: ${checked.join(', ')}`);
});

test('the node that runs this, with the OpenSSL in it', () => {
  const found = summarize(readProgram(knownPrograms, 'usr/local/bin/node', readFileSync(process.execPath)).value.packages);
  assert.ok(found.includes(`generic node ${process.versions.node}`), found.join(', '));
  // Distributions' own builds have OpenSSL as a library.
  if (found.length > 1) assert.ok(found.includes(`generic openssl ${process.versions.openssl.replace(/\+quic$/, '')}`), found.join(', '));
});

test('the python that runs here', (t) => {
  const script = 'import sys, os; print(sys.version.split()[0]); print(os.path.realpath(sys.executable))';
  const [version = '', file = ''] = (run('python3', '-c', script) ?? '').split('\n');
  if (file === '') {
    t.skip('no python3 on this machine');
    return;
  }
  const found = summarize(readProgram(knownPrograms, file, readFileSync(file)).value.packages);
  if (found.length > 0) assert.deepEqual(found, [`generic python ${version}`]);
});

test(
  'programs of the go on this machine: the same as `go version -m` prints',
  { skip: run('go', 'version') === undefined ? 'no go on this machine' : false },
  (t) => {
    const folder = temporaryDirectory(t);
    const write = (name: string, text: string): void => {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    };
    write(
      'go.mod',
      'module example.org/tool\ngo 1.18\nrequire (\n\texample.org/one v1.2.3\n\texample.org/two v1.0.0\n)\nreplace example.org/two => example.org/fork v1.1.0\n',
    );
    write(
      'main.go',
      'package main\nimport (\n\t"example.org/one"\n\t"example.org/two"\n)\nvar version = ""\nfunc main() { println(version, one.X, two.X) }\n',
    );
    write('vendor/example.org/one/one.go', 'package one\nvar X = 1\n');
    write('vendor/example.org/two/two.go', 'package two\nvar X = 2\n');
    write(
      'vendor/modules.txt',
      '# example.org/one v1.2.3\n## explicit; go 1.18\nexample.org/one\n# example.org/two v1.0.0 => example.org/fork v1.1.0\n## explicit; go 1.18\nexample.org/two\n# example.org/two => example.org/fork v1.1.0\n',
    );
    const builds: readonly (readonly [platform: string, ...flags: string[]])[] = [
      ['linux/amd64'],
      ['linux/amd64', '-trimpath', '-ldflags', '-s -w'],
      ['linux/amd64', '-buildmode=pie'],
      ['linux/arm64'],
      ['linux/s390x'],
      ['linux/mips'],
      ['linux/386'],
      ['windows/amd64'],
      ['darwin/arm64'],
    ];
    for (const [platform, ...flags] of builds) {
      const [GOOS, GOARCH] = platform.split('/');
      const out = path.join(folder, 'out');
      const env = { ...process.env, GOOS, GOARCH, GOFLAGS: '-mod=vendor -buildvcs=false', GOPROXY: 'off', GOTOOLCHAIN: 'local', CGO_ENABLED: '0' };
      const build = ['build', '-o', out, ...(flags.includes('-ldflags') ? flags : [...flags, '-ldflags', '-X main.version=v4.5.6']), '.'];
      execFileSync('go', build, { cwd: folder, env, stdio: 'pipe' });
      const printed = execFileSync('go', ['version', '-m', out], { encoding: 'utf8' });
      const goVersion = /: go(\S+)/.exec(printed)?.[1] ?? '';
      const expected = [`golang stdlib ${goVersion}`, 'golang example.org/one v1.2.3', 'golang example.org/fork v1.1.0'];
      if (printed.includes('main.version')) expected.push('golang example.org/tool v4.5.6');
      const { value, problems } = readProgram(goBuildInfo, 'tool', readFileSync(out));
      assert.deepEqual([summarize(value.packages), problems], [expected, []], `${platform} ${flags.join(' ')}`);
    }
  },
);

test(
  'a program that cargo auditable built',
  { skip: run('cargo', 'auditable', '--help') === undefined ? 'no cargo auditable on this machine' : false },
  (t) => {
    const folder = temporaryDirectory(t);
    for (const crate of ['tool', 'tool/part', 'tool/builder']) mkdirSync(path.join(folder, crate, 'src'), { recursive: true });
    const write = (name: string, text: string): void => {
      writeFileSync(path.join(folder, 'tool', name), text);
    };
    const manifest = (name: string, version: string): string => `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n`;
    write(
      'Cargo.toml',
      `${manifest('tool', '0.3.1')}[dependencies]\npart = { path = "part" }\n[build-dependencies]\nbuilder = { path = "builder" }\n`,
    );
    write('build.rs', 'fn main() { builder::go(); }\n');
    write('src/main.rs', 'fn main() { part::go(); }\n');
    write('part/Cargo.toml', manifest('part', '1.2.3'));
    write('part/src/lib.rs', 'pub fn go() {}\n');
    write('builder/Cargo.toml', manifest('builder', '4.5.6'));
    write('builder/src/lib.rs', 'pub fn go() {}\n');
    execFileSync('cargo', ['auditable', 'build', '--release', '--offline'], { cwd: path.join(folder, 'tool'), stdio: 'pipe' });
    const { value, problems } = readProgram(cargoAuditable, 'tool', readFileSync(path.join(folder, 'tool/target/release/tool')));
    assert.deepEqual([summarize(value.packages), problems], [['cargo part 1.2.3', 'cargo tool 0.3.1'], []]);
  },
);

test('a program that UPX packed', { skip: run('upx', '--version') === undefined ? 'no upx on this machine' : false }, (t) => {
  const file = path.join(temporaryDirectory(t), 'program');
  copyFileSync(realpathSync('/bin/ls'), file);
  execFileSync('upx', ['-qq', file], { stdio: 'pipe' });
  assert.equal(readProgram(upxPacked, 'program', readFileSync(file)).problems.length, 1);
});
