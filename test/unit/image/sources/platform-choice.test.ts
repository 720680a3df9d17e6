import assert from 'node:assert/strict';
import test from 'node:test';
import type { Platform } from '../../../../src/foundation/model/image.ts';
import { isPlatform, pickPlatform } from '../../../../src/image/sources/platform-choice.ts';

function toPlatform(text: string): Platform {
  const [os = '', architecture = '', variant] = text.split('/');
  const [, name = os, osVersion] = /^(\w+)\(([\d.]+)\)$/.exec(os) ?? [];
  return { os: name, architecture, ...(variant !== undefined && { variant }), ...(osVersion !== undefined && { osVersion }) };
}

const pick = (wanted: string, ...offered: string[]): string | undefined =>
  pickPlatform(
    offered.map((name) => ({ name, platform: toPlatform(name) })),
    toPlatform(wanted),
  )?.name;

test('the variant that is asked for, else the nearest before it', () => {
  assert.equal(pick('linux/arm/v7', 'linux/arm/v5', 'linux/arm/v6', 'linux/arm/v7'), 'linux/arm/v7');
  assert.equal(pick('linux/arm/v7', 'linux/arm/v5', 'linux/arm/v6'), 'linux/arm/v6');
  assert.equal(pick('linux/arm/v6', 'linux/arm/v7', 'linux/arm/v5'), 'linux/arm/v5');
  assert.equal(pick('linux/arm/v6', 'linux/arm/v7'), undefined);
  assert.equal(pick('linux/arm', 'linux/arm/v6', 'linux/arm/v7'), 'linux/arm/v7');
  assert.equal(pick('linux/amd64', 'linux/amd64/v3', 'linux/amd64'), 'linux/amd64');
  assert.equal(pick('linux/amd64', 'linux/amd64/v3'), 'linux/amd64/v3');
  assert.equal(pick('linux/amd64/v2', 'linux/amd64/v3', 'linux/amd64'), 'linux/amd64');
  assert.equal(pick('linux/arm64', 'linux/arm64/v8'), 'linux/arm64/v8');
  assert.equal(pick('linux/arm64/v8', 'linux/arm64'), 'linux/arm64');
});

test('another system or processor is another platform', () => {
  assert.equal(pick('linux/amd64', 'windows/amd64', 'linux/386', 'unknown/unknown'), undefined);
  assert.equal(isPlatform({ os: 'linux', architecture: 'amd64' }, { os: 'linux', architecture: 'arm64' }), false);
});

test('Windows: the newest, or the newest patch of the build that is asked for', () => {
  const offered = ['windows(10.0.17763.9)/amd64', 'windows(10.0.20348.2700)/amd64', 'windows(10.0.20348.2762)/amd64', 'windows(10.0.203481.1)/amd64'];
  assert.equal(pick('windows/amd64', ...offered), 'windows(10.0.203481.1)/amd64');
  assert.equal(pick('windows(10.0.20348)/amd64', ...offered), 'windows(10.0.20348.2762)/amd64');
  assert.equal(pick('windows(10.0.20348.2700)/amd64', ...offered), 'windows(10.0.20348.2700)/amd64');
  assert.equal(pick('windows(10.0.2)/amd64', ...offered), undefined);
});
