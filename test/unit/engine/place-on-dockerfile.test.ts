import assert from 'node:assert/strict';
import test from 'node:test';
import { placeOnDockerfile } from '../../../src/engine/place-on-dockerfile.ts';
import type { Finding } from '../../../src/foundation/model/finding.ts';
import { redactSecrets } from '../../../src/image/content/redact-text.ts';
import { sampleToken } from '../../support/sample-image.ts';

const finding = (historyIndex: number): Finding => ({
  id: 'x',
  category: 'build-command',
  severity: 'low',
  title: 'x',
  references: [],
  location: { historyIndex },
  remediation: [],
  compliance: [],
});

test('an instruction with a secret is found in a history whose secrets are redacted', () => {
  const run = `curl -H "Authorization: token ${sampleToken()}" https://example.com`;
  const history = [
    { createdBy: 'ADD rootfs', emptyLayer: false },
    { createdBy: redactSecrets(`RUN /bin/sh -c ${run} # buildkit`), emptyLayer: false },
    { createdBy: redactSecrets('ENV DB_PASSWORD=hunter22222'), emptyLayer: true },
  ];
  const placed = placeOnDockerfile([finding(1), finding(2), finding(0)], history, `FROM scratch\nRUN ${run}\nENV DB_PASSWORD=hunter22222\n`);
  assert.deepEqual(
    placed.map(({ location }) => location.dockerfileRange?.start.line),
    [1, 2, undefined],
  );
});
