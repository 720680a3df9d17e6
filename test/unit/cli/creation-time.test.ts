import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { UsageError } from '../../../src/cli/arguments.ts';
import { creationTime } from '../../../src/cli/creation-time.ts';
import { runCli } from '../../support/run-cli.ts';
import { buildSampleImage } from '../../support/sample-image.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

test('SOURCE_DATE_EPOCH is the time of the document, else it is now', () => {
  assert.equal(creationTime({ SOURCE_DATE_EPOCH: '0' }).toISOString(), '1970-01-01T00:00:00.000Z');
  assert.equal(creationTime({ SOURCE_DATE_EPOCH: '253402300799' }).toISOString(), '9999-12-31T23:59:59.000Z');
  const before = Date.now();
  for (const environment of [{}, { SOURCE_DATE_EPOCH: '' }]) assert.ok(creationTime(environment).getTime() >= before);
});

test('what is no number of seconds is told', () => {
  for (const text of ['yesterday', '-1', '1.5', '1e3', '253402300800', ' 1', '9'.repeat(400)]) {
    assert.throws(() => creationTime({ SOURCE_DATE_EPOCH: text }), UsageError, text);
  }
});

test('the same image gives the same bytes, in both formats', async (t) => {
  const image = path.join(temporaryDirectory(t), 'image.tar');
  writeFileSync(image, buildSampleImage());
  for (const format of ['cyclonedx', 'spdx']) {
    const run = () => runCli(['sbom', '--input', image, '--format', format], { env: { SOURCE_DATE_EPOCH: '1700000000' } });
    const [first, second] = [await run(), await run()];
    assert.equal(first.code, 0, first.stderr);
    assert.equal(second.stdout, first.stdout);
    assert.match(first.stdout, /"2023-11-14T22:13:20(?:\.000)?Z"/);
  }
  const refused = await runCli(['sbom', '--input', image], { env: { SOURCE_DATE_EPOCH: 'now' } });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /SOURCE_DATE_EPOCH is a number of seconds/);
});
