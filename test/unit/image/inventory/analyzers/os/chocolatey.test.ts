import assert from 'node:assert/strict';
import test from 'node:test';
import type { ImagePath } from '../../../../../../src/foundation/model/brand.ts';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/os/chocolatey.ts';

const path = 'ProgramData/chocolatey/lib/git/git.nuspec' as ImagePath;
const read = (text: string): ReturnType<typeof analyzer.analyze> => analyzer.analyze({ path, bytes: new TextEncoder().encode(text) });

test('wants the manifests of installed packages, in any case', () => {
  assert.ok(analyzer.wants(path) && analyzer.wants(path.toLowerCase() as ImagePath));
  for (const other of ['ProgramData/chocolatey/lib/git/tools/x.nuspec', 'app/x.nuspec']) assert.ok(!analyzer.wants(other as ImagePath), other);
});

test('reads name and version', () => {
  const text =
    '\ufeff<?xml version="1.0"?>\n<package>\n<metadata>\n  <id>git</id>\n  <version> 2.46.0 </version>\n  <description><id>x</id></description></metadata></package>';
  assert.deepEqual(read(text), { value: { packages: [{ type: 'generic', name: 'git', version: '2.46.0' }] }, problems: [] });
});

test('what has neither is told', () => {
  for (const text of ['', '<id>', '<id></id><version>1</version>', '<id>a<b</id><version>1</version>', `<id>${'x'.repeat(70_000)}</id>`])
    assert.equal(read(text).problems.length, 1, text.slice(0, 40));
});
