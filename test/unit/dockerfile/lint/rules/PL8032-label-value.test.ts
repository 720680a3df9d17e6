import { rule } from '../../../../../src/dockerfile/lint/rules/PL8032-label-value.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  policy: { requiredLabels: ['contact=email', 'x', 'y=nonsense'], allowedLabels: ['release=semver', 'built=RFC3339'] },
  valid: [
    'FROM a:1\nLABEL org.opencontainers.image.url=https://example.com/a\nLABEL url=x created=y org.opencontainers.image.created=$X\n',
    'FROM a:1\nLABEL org.opencontainers.image.source=git@example.com:a/b.git org.opencontainers.image.version=v1.2.3-rc.1 org.opencontainers.image.revision=abcdef0\n',
    'FROM a:1\nLABEL org.opencontainers.image.licenses="MIT AND (BSD-3-Clause OR LicenseRef-x)" org.opencontainers.image.licenses=GPL-3.0-or-later\n',
    'FROM a:1\nLABEL email=me@example.com org.label-schema.build-date=2025-05-01T10:00:00.123+02:00 org.opencontainers.image.url=\n',
  ],
  invalid: [
    { code: 'FROM a:1\nLABEL org.opencontainers.image.url=example.com a=b\n', at: 'example.com' },
    { code: 'FROM a:1\nLABEL org.opencontainers.image.created="2025-05-01 10:00"\n', at: '"2025-05-01 10:00"' },
    {
      code: 'FROM a:1\nLABEL org.opencontainers.image.licenses="MIT License"\nLABEL org.opencontainers.image.licenses=GPLv3\nLABEL org.opencontainers.image.licenses="(MIT"\n',
      at: ['"MIT License"', 'GPLv3', '"(MIT"'],
    },
    { code: 'FROM a:1\nLABEL org.opencontainers.image.revision main\n', at: 'main' },
    {
      code: 'FROM a:1\nLABEL org.opencontainers.image.version=latest com.example.email=nobody org.opencontainers.image.base.digest=sha256:1\n',
      at: ['latest', 'nobody', 'sha256:1'],
    },
    { code: 'FROM a:1\nLABEL contact=nobody release=v1 built=today x=1 y=2\n', at: ['nobody', 'v1', 'today'] },
    { code: 'FROM a:1\nENV R=master\nLABEL org.label-schema.vcs-ref=$R\n', at: '$R' },
  ],
});
