import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const openssl = {
  type: 'rpm',
  name: 'openssl-libs',
  version: '1:3.0.7-24.el9',
  source: ['openssl', '3.0.7-24.el9'],
  fixed: '1:3.0.7-25.el9_3',
} as const;

test('dnf: Red Hat’s from 8 on, Fedora, Amazon Linux 2023 and what is not known', () => {
  const dnf = ['dnf upgrade -y openssl-libs', 'dnf upgrade -y openssl-libs-1:3.0.7-25.el9_3'];
  const releases = [
    ['rhel', '9.3'],
    ['centos', '8'],
    ['rocky', '9.3'],
    ['almalinux', '8.9'],
    ['ol', '8.9'],
    ['fedora', '40'],
    ['amzn', '2023'],
    ['openEuler', '22.03'],
  ] as const;
  for (const distro of releases) assert.deepEqual(commandsOf({ ...openssl, distro }), dnf, distro.join(' '));
  assert.deepEqual(commandsOf(openssl), dnf);
  assert.match(wordsOf({ ...openssl, distro: ['rhel', '9.3'] }), /microdnf update -y openssl-libs/);
  assert.match(wordsOf(openssl), /yum, zypper or tdnf/);
});

test('yum: Red Hat’s up to 7, Amazon Linux 1 and 2', () => {
  for (const distro of [
    ['centos', '7'],
    ['rhel', '6.10'],
    ['ol', '7.9'],
    ['amzn', '2'],
    ['amzn', '2018.03'],
  ] as const) {
    assert.deepEqual(
      commandsOf({ ...openssl, distro }),
      ['yum update -y openssl-libs', 'yum update-to -y openssl-libs-1:3.0.7-25.el9_3'],
      distro.join(' '),
    );
  }
});

test('zypper: SUSE’s, and what is like it', () => {
  for (const distro of [
    ['sles', '15.6'],
    ['opensuse-leap', '15.6'],
    ['opensuse-tumbleweed', '20240520'],
    ['bci', '1', 'suse'],
  ] as const) {
    assert.deepEqual(commandsOf({ type: 'rpm', name: 'libopenssl3', version: '3.0.8-1.1', fixed: '0:3.0.8-150500.5.27.1', distro }), [
      'zypper --non-interactive update libopenssl3',
      "zypper --non-interactive install 'libopenssl3>=3.0.8-150500.5.27.1'",
    ]);
  }
});

test('tdnf: Photon and Azure Linux', () => {
  for (const distro of [
    ['photon', '5.0'],
    ['azurelinux', '3.0'],
    ['mariner', '2.0'],
  ] as const) {
    assert.deepEqual(commandsOf({ ...openssl, distro }), ['tdnf update -y openssl-libs']);
  }
});

test('a version is asked for only where the package is numbered like its source', () => {
  assert.deepEqual(commandsOf({ ...openssl, source: ['gcc', '13-1'] }), ['dnf upgrade -y openssl-libs']);
  assert.deepEqual(commandsOf({ type: 'rpm', name: 'kernel', version: '6.1^rc1-1', fixed: '6.2^rc1-1' })[1], "dnf upgrade -y 'kernel-6.2^rc1-1'");
});

test('the stream of a module, the subscription of RHEL and the end of CentOS are told', () => {
  const node = { ...openssl, name: 'nodejs', module: 'nodejs:18:8060020220523155437:ad008a3a' };
  assert.match(wordsOf(node), /module stream nodejs:18, .* "dnf module switch-to nodejs:STREAM"/);
  for (const module of ['$(reboot):18:1:2', 'nodejs:a b:1:2', '-x:1', 'nodejs', ''])
    assert.doesNotMatch(wordsOf({ ...node, module }), /stream/, module);
  assert.match(wordsOf({ ...openssl, distro: ['rhel', '9.3'] }), /Without a subscription/);
  assert.match(wordsOf({ ...openssl, distro: ['centos', '7'] }), /get no more updates/);
  assert.doesNotMatch(wordsOf({ ...openssl, distro: ['centos', '9'] }), /no more updates|subscription/);
});
