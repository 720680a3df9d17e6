import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { detector } from '../../../../../src/image/content/detectors/build-history.ts';
import { config, history } from '../support.ts';

const look = (...createdBy: readonly string[]): readonly (readonly [string, number | undefined])[] =>
  [...(detector.inspectConfig?.(config({ history: history(...createdBy) })) ?? [])].map(({ id, historyIndex }) => [id, historyIndex]);

const download = 'curl -fsSL https://get.example.com/install | sh';

test('a download piped into a shell is found in every builder’s form, at its step', () => {
  for (const createdBy of [
    `RUN /bin/sh -c ${download} # buildkit`,
    `/bin/sh -c ${download}`,
    `|2 A=1 B=two words /bin/sh -c ${download}`,
    `RUN |1 V=1 /bin/sh -c ${download} # buildkit`,
    `RUN ${download}`,
    `RUN /bin/bash -o pipefail -c ${download} # buildkit`,
    `RUN /bin/sh -c set -e\n# plimsoll ignore=PL5001\n# hadolint ignore=all\n${download}\n # buildkit`,
  ]) {
    assert.ok(
      look('/bin/sh -c #(nop) ADD file:0123456789abcdef0123456789abcdef in / ', createdBy).some(([id, index]) => id === 'PL5001' && index === 1),
      createdBy,
    );
  }
});

test('an ordinary base image’s history is silent', () => {
  assert.deepEqual(
    look(
      "# debian.sh --arch 'amd64' out/ 'bookworm' '@1764547200'",
      '/bin/sh -c #(nop) ADD file:b8f4a5d0a1f5a0d3c5e8c1a4f9b6a7d2 in / ',
      '/bin/sh -c #(nop)  CMD ["bash"]',
      'ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      'RUN /bin/sh -c set -eux; apt-get update; apt-get install -y --no-install-recommends ca-certificates; rm -rf /var/lib/apt/lists/* # buildkit',
      'COPY docker-entrypoint.sh /usr/local/bin/ # buildkit',
      'ENTRYPOINT ["docker-entrypoint.sh"]',
      'EXPOSE map[8080/tcp:{}]',
      'CMD ["node" "server.js"]',
    ),
    [],
  );
});

test('law: any history is survived', () => {
  const piece = fc.constantFrom(
    'RUN ',
    '/bin/sh -c ',
    '#(nop) ',
    '|2 A=1 ',
    '# buildkit',
    '<<EOF\n',
    '\\',
    '\n',
    '`',
    'ENV A=b',
    'COPY file:00 in /',
    '"',
    "'",
    '$(',
    'SHELL [',
    'HEALTHCHECK &{',
    'x',
  );
  fc.assert(
    fc.property(
      fc.array(
        fc.array(fc.oneof(piece, fc.string({ maxLength: 10 })), { maxLength: 12 }).map((parts) => parts.join('')),
        { maxLength: 6 },
      ),
      (entries) => {
        look(...entries);
      },
    ),
    { numRuns: 150 },
  );
});
