import assert from 'node:assert/strict';
import { test } from 'node:test';
import { feed } from '../../../../../src/advisories/feeds/readers/datadog-iocs.ts';
import { readFeed } from '../read-feed.ts';

function read(name: string, text: string): readonly unknown[] {
  assert.ok(feed.wants(name), name);
  const { records, problems } = readFeed(feed, name, text);
  return [
    ...records.flatMap((record) =>
      record.kind === 'affected' ? [[record.bucket, record.packageName, record.id, record.advisory.vulnerableVersions]] : [],
    ),
    ...problems,
  ];
}

test('reads the three kinds of table, and nothing but packages', () => {
  assert.deepEqual(read('shai-hulud-2.0/consolidated_iocs.csv', 'package_name,package_versions,sources\n@A/b,"0.0.2, 0.0.1","x, y"\n'), [
    ['npm::Datadog Indicators of Compromise', '@a/b', 'DATADOG-shai-hulud-2.0', ['=0.0.1', '=0.0.2']],
  ]);
  assert.deepEqual(read('axios/iocs.csv', 'type,indicator,context\ndomain,evil.example,x\nnpm package,@a/axios@1.14.1,y\nsha256,92ff,z\n'), [
    ['npm::Datadog Indicators of Compromise', '@a/axios', 'DATADOG-axios', ['=1.14.1']],
  ]);
  assert.deepEqual(read('teampcp/iocs.csv', 'artifact_type,name,affected_versions\npypi package,Lite_LLM,"1.82.7, 1.82.8"\ndocker image,a/b,1\n'), [
    ['pip::Datadog Indicators of Compromise', 'lite-llm', 'DATADOG-teampcp', ['=1.82.7', '=1.82.8']],
  ]);
  assert.deepEqual(read('react/iocs.csv', 'ip,country\n192.0.2.1,x\n'), []);
});

test('malware is critical; a package without versions is a problem', () => {
  const { records, problems } = readFeed(feed, 'a/iocs.csv', 'type,indicator\nnpm package,a@1\nnpm package,b\n');
  assert.deepEqual(records.at(-1), { kind: 'vulnerability', id: 'DATADOG-a', detail: { vendorSeverities: { datadog: 'critical' } } });
  assert.deepEqual(problems, ['a/iocs.csv: a package without a name or version']);
});
