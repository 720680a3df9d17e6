import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCvssVector } from '../../../../webview/model/cvss.ts';

test('vectors of every version are read, in the order of the specification', () => {
  const read = (vector: string): string | undefined => {
    const parsed = parseCvssVector(vector);
    return parsed === undefined ? undefined : `${parsed.version} ${parsed.metrics.map(({ metric, value }) => metric + value).join(' ')}`;
  };
  assert.equal(read('AV:N/AC:M/Au:N/C:P/I:N/A:C'), '2.0 AVN ACM AuN CP IN AC');
  assert.equal(read('(AV:N/AC:M/Au:N/C:P/I:N/A:C)'), '2.0 AVN ACM AuN CP IN AC');
  assert.equal(read('CVSS:3.0/S:U/AV:N/AC:L/PR:N/UI:R/C:H/I:L/A:N'), '3.0 AVN ACL PRN UIR SU CH IL AN');
  assert.equal(read('CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:A/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N/E:A'), '4.0 AVN ACL ATP PRN UIA VCH VIL VAN SCN SIN SAN');
  for (const vector of ['', 'x', 'AV:N', 'CVSS:5.0/AV:N', 'CVSS:3.1/', `AV:N/AC:L/Au:N/${'x'.repeat(600)}`])
    assert.equal(read(vector), undefined, vector.slice(0, 40));
});
