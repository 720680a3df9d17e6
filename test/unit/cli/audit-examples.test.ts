import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseAllDocuments } from 'yaml';
import { auditHelp } from '../../../src/cli/policy/audit-help.ts';

const docs = path.join(import.meta.dirname, '..', '..', '..', 'docs');
const examples = ['examples/kubernetes/audit.yaml', 'ci/audit-gitlab-ci.yml', 'ci/audit-github-actions.yml'];

for (const file of examples) {
  test(`${file} is YAML, and names options that there are`, () => {
    const text = readFileSync(path.join(docs, file), 'utf8');
    const documents = parseAllDocuments(text, { strict: true, uniqueKeys: true });
    for (const document of documents) {
      if (!('errors' in document)) continue;
      assert.deepEqual([...document.errors, ...document.warnings], []);
    }
    const commands = [...text.replaceAll(/\n {10,}/g, ' ').matchAll(/plimsoll policy audit (.*)/g)].map(([command]) => command);
    assert.ok(commands.length > 0);
    for (const command of commands) for (const [option] of command.matchAll(/--[a-z-]+/g)) assert.ok(auditHelp.includes(`${option} `), option);
  });
}

test('the parts of the Kubernetes example are as many as its pods', () => {
  const [, job] = parseAllDocuments(readFileSync(path.join(docs, 'examples/kubernetes/audit.yaml'), 'utf8'));
  const { spec } = (job as { toJS(): { spec: { completions: number; template: { spec: { containers: { args: string[] }[] } } } } }).toJS();
  assert.match(spec.template.spec.containers[0]?.args[0] ?? '', new RegExp(`\\)\\)/${String(spec.completions)}"`));
});
