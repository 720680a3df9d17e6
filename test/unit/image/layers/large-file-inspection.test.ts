import assert from 'node:assert/strict';
import test from 'node:test';
import { MAX_ANALYZED_FILE_BYTES } from '../../../../src/foundation/base/limits.ts';
import type { Analyzer } from '../../../../src/image/inventory/analyzer.ts';
import { analyzer as javaArchive } from '../../../../src/image/inventory/analyzers/language/java-archive.ts';
import { analyzeLayer, type LayerAnalysis } from '../../../../src/image/layers/analyze-layer.ts';
import { buildTar, type TarFile } from '../../../support/tar-builder.ts';
import { buildZip } from '../../../support/zip-builder.ts';

const LARGE = new Uint8Array(MAX_ANALYZED_FILE_BYTES + 1);

async function analyze(files: readonly TarFile[], analyzers: readonly Analyzer[]): Promise<LayerAnalysis> {
  const bytes = buildTar([...files]);
  const stored = (async function* () {
    for (let at = 0; at < bytes.length; at += 1_000_003) yield await Promise.resolve(bytes.subarray(at, at + 1_000_003));
  })();
  return analyzeLayer(stored, { analyzers, detectors: [] });
}

test('an archive that is too large to be held is read as it goes by', async () => {
  const nested = buildZip([{ name: 'META-INF/maven/g/a/pom.properties', content: 'groupId=g\nartifactId=a\nversion=1' }]);
  const jar = buildZip([
    { name: 'data.bin', content: LARGE, isStored: true },
    { name: 'BOOT-INF/lib/a-1.jar', content: nested, isStored: true, isStreamed: true },
  ]);
  const { records, problems } = await analyze(
    [
      { path: 'app.jar', content: jar },
      { path: 'small.jar', content: nested },
    ],
    [javaArchive],
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    records.map(({ path, packages }) => [path, packages.map(({ name, insideArchive }) => `${name} ${insideArchive ?? ''}`)]),
    [
      ['app.jar', ['g:a BOOT-INF/lib/a-1.jar']],
      ['small.jar', ['g:a ']],
    ],
  );
});

test('analyzers that cannot, and those that throw, are told', async () => {
  const whole: Analyzer = { ...javaArchive, id: 'whole' };
  delete (whole as { open?: unknown }).open;
  const throwing: Analyzer = {
    ...javaArchive,
    id: 'throwing',
    open: () => ({
      read: () => {
        throw new Error('no');
      },
      finish: () => ({ value: {}, problems: [] }),
    }),
  };
  const file = { path: 'x.jar', content: LARGE };
  assert.match((await analyze([file], [whole])).problems[0]?.message ?? '', /at most \d+ are read/);
  assert.deepEqual(
    (await analyze([file], [throwing])).problems.map(({ message }) => message),
    ['the throwing analyzer failed on it: no'],
  );
});
