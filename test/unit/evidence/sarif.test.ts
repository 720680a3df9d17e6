import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lintDockerfile, ruleById } from '../../../src/engine/lint-dockerfile.ts';
import { renderLint, type LintedFile } from '../../../src/evidence/lint-report/render.ts';
import { renderer } from '../../../src/evidence/report/renderers/sarif.ts';
import { needsSarifSchema, sarifSchema } from '../../support/sarif-schema.ts';
import { hostileReport, sampleReport } from './sample-report.ts';

/** As much of a SARIF log as its readers demand. */
interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly semanticVersion: string; readonly rules: readonly Rule[] } };
    readonly originalUriBaseIds: Readonly<Record<string, object>>;
    readonly columnKind: string;
    readonly results: readonly Result[];
    readonly invocations: readonly { readonly executionSuccessful: boolean }[];
  }[];
}

interface Rule {
  readonly id: string;
  readonly shortDescription: { readonly text: string };
  readonly fullDescription: { readonly text: string };
  readonly help: { readonly text: string; readonly markdown?: string };
  readonly helpUri?: string;
  readonly defaultConfiguration: { readonly level: string };
  readonly properties: Readonly<Record<string, unknown>> & { readonly tags: readonly string[] };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string; readonly uriBaseId?: string };
      readonly region: { readonly startLine: number; readonly startColumn?: number; readonly endLine?: number; readonly endColumn?: number };
    };
  }[];
}

const DOCKERFILE = `FROM debian:latest
# plimsoll ignore=PL4001 reason=a test server
RUN curl -k https://example.com/a | sh
RUN cd /x && wget --no-check-certificate http://example.com/ä
MAINTAINER me
CMD echo hi
`;

function lintLog(): string {
  const result = lintDockerfile(DOCKERFILE, { today: '2025-01-01' });
  const files: LintedFile[] = [
    { path: 'app/web ä/Dockerfile', ...result },
    { path: '/elsewhere/Dockerfile', ...result },
    { path: '-', diagnostics: [], problems: [{ code: 'unreadable-file', message: 'cannot be read' }] },
  ];
  return renderLint('sarif', files, {
    toolVersion: '1.2.3',
    workingDirectory: '/work',
    describeRule: (id) => {
      const rule = ruleById(id);
      return rule === undefined ? undefined : { slug: rule.slug, title: rule.title, ...rule.docs, isSecurity: !id.startsWith('PL8') };
    },
  });
}

const logs: readonly (readonly [name: string, log: () => string])[] = [
  ['lint', lintLog],
  ['lint of nothing', () => renderLint('sarif', [], { toolVersion: '1.2.3' })],
  ['scan', () => renderer.render(sampleReport, { toolVersion: '1.2.3', createdAt: new Date(0) })],
  ['scan of a hostile image', () => renderer.render(hostileReport, { toolVersion: '1.2.3', createdAt: new Date(0) })],
];

for (const [name, log] of logs) {
  test(`${name}: the log is valid by the official schema`, needsSarifSchema(), () => {
    const validate = sarifSchema();
    assert.ok(validate?.(JSON.parse(log())) === true, JSON.stringify(validate?.errors?.slice(0, 5), undefined, 2));
  });

  test(`${name}: the log has what code scanning demands`, () => {
    const { version, $schema, runs } = JSON.parse(log()) as Log;
    assert.equal(version, '2.1.0');
    assert.match($schema, /sarif-schema-2\.1\.0\.json$/);
    const [run, ...more] = runs;
    assert.ok(run !== undefined && more.length === 0);
    assert.equal(run.tool.driver.name, 'Plimsoll');
    assert.equal(run.tool.driver.semanticVersion, '1.2.3');
    assert.equal(run.columnKind, 'utf16CodeUnits');
    assert.equal(run.invocations.length, 1);
    assert.equal(new Set(run.tool.driver.rules.map(({ id }) => id)).size, run.tool.driver.rules.length);
    for (const rule of run.tool.driver.rules) checkRule(rule);
    for (const result of run.results) checkResult(result, run.tool.driver.rules, run.originalUriBaseIds);
  });
}

function checkRule({ id, shortDescription, fullDescription, help, defaultConfiguration, properties, helpUri }: Rule): void {
  assert.ok(id !== '');
  for (const { text } of [shortDescription, fullDescription]) assert.ok(text.length > 0 && text.length <= 1024, `${id}: ${text}`);
  assert.ok(help.text.length > 0);
  assert.match(defaultConfiguration.level, /^(?:note|warning|error)$/);
  assert.ok(properties.tags.length <= 20, 'code scanning takes 20 tags of a rule');
  if (helpUri !== undefined) assert.match(helpUri, /^https?:/);
  const score = properties['security-severity'];
  assert.equal(properties.tags.includes('security'), score !== undefined);
  if (score === undefined) assert.match(String(properties['problem.severity']), /^(?:error|warning|recommendation)$/);
  else assert.ok(typeof score === 'string' && /^(?:10|\d)\.\d$/.test(score), `${id}: ${JSON.stringify(score)}`);
}

function checkResult(result: Result, rules: readonly Rule[], baseIds: Readonly<Record<string, object>>): void {
  assert.equal(rules[result.ruleIndex]?.id, result.ruleId);
  assert.match(result.level, /^(?:note|warning|error)$/);
  assert.ok(result.message.text.length > 0);
  assert.ok(Object.values(result.partialFingerprints).every((value) => /^[0-9a-f]{64}$/.test(value)));
  assert.equal(result.locations.length, 1);
  for (const { physicalLocation } of result.locations) {
    const { uri, uriBaseId } = physicalLocation.artifactLocation;
    assert.match(uri, /^[\w%.!~*'()/:@+,;=&$-]+$/, 'a URI, with everything else encoded');
    if (uriBaseId !== undefined) assert.ok(uriBaseId in baseIds && !uri.startsWith('/') && !uri.startsWith('file:'));
    const { startLine, startColumn = 1, endLine = startLine, endColumn = Infinity } = physicalLocation.region;
    assert.ok(startLine >= 1 && startColumn >= 1 && (endLine > startLine || (endLine === startLine && endColumn >= startColumn)));
  }
}

test('lint: files below the working folder are relative to SRCROOT, others are file addresses', () => {
  const [run] = (JSON.parse(lintLog()) as Log).runs;
  const locations = new Set(run?.results.map(({ locations: [first] }) => JSON.stringify(first?.physicalLocation.artifactLocation)));
  assert.deepEqual([...locations], ['{"uri":"app/web%20%C3%A4/Dockerfile","uriBaseId":"SRCROOT"}', '{"uri":"file:///elsewhere/Dockerfile"}']);
  assert.equal(run?.invocations[0]?.executionSuccessful, false);
});

test('lint: a rule brings its page as markdown, and says whether it is about security', () => {
  const rules = (JSON.parse(lintLog()) as Log).runs[0]?.tool.driver.rules ?? [];
  const help = rules.find(({ id }) => id === 'PL4001')?.help.markdown ?? '';
  assert.match(help, /\*\*Why it matters:\*\*[^]*```dockerfile\n[^]*curl/);
  assert.ok(rules.some(({ properties }) => properties.tags.includes('maintainability')));
  assert.ok(rules.some(({ properties }) => properties.tags.includes('security')));
});

test('lint: fingerprints differ between results', () => {
  const results = (JSON.parse(lintLog()) as Log).runs[0]?.results ?? [];
  assert.equal(new Set(results.map(({ partialFingerprints }) => partialFingerprints['plimsoll/v1'])).size, results.length);
});
