import assert from 'node:assert/strict';
import { test } from 'node:test';
import { distroOf, matchWith, summaryOf } from '../../../../support/family-match.ts';
import { affected, installed } from '../../../../support/memory-store.ts';

test('one list for all minor releases, with streams by their names; CloudLinux is its own', (t) => {
  const records = [
    affected('alma 8', 'zlib', 'CVE-1', { fixedVersion: '1.2.11-25.el8' }),
    affected('alma 8', 'perl:5.32::perl', 'CVE-2', { fixedVersion: '4:5.32.1-473' }),
  ];
  const packages = [
    installed('rpm', 'zlib', '1.2.11-21.el8_7', { architecture: 's390x', vendor: 'CloudLinux' }),
    installed('rpm', 'perl', '4:5.32.1-472', { architecture: 's390x', vendor: 'AlmaLinux', modularityLabel: 'perl:5.32:8060020211213:abc' }),
    installed('rpm', 'zlib', '1.2.11-21.el8', { vendor: 'Fedora Project' }),
  ];
  const result = matchWith(t, records, distroOf('almalinux', '8.9'), packages);
  assert.deepEqual(summaryOf(result), ['CVE-1 zlib 1.2.11-25.el8', 'CVE-2 perl 4:5.32.1-473']);
  assert.deepEqual(result.uncovered, [{ type: 'rpm', packages: 1 }]);
});
