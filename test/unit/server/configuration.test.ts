import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { CompletionRequest, DidSaveTextDocumentNotification, HoverRequest, TextEdit } from 'vscode-languageserver/node';
import type { CompletionItem, Hover, MarkupContent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { configurableRules } from '../../../src/engine/configuration-keys.ts';
import { configurationCompletions } from '../../../src/server/configuration-completion.ts';
import { configurationHover } from '../../../src/server/configuration-hover.ts';
import { engineServices } from '../../../src/server/engine-services.ts';
import { Session } from './harness.ts';

const texts = { markdown: true, rulePageOf: ({ id }: { readonly id: string }) => `https://example.org/${id}` };

/** `|` is the caret. */
function at(marked: string): { readonly document: TextDocument; readonly position: { readonly line: number; readonly character: number } } {
  const offset = marked.indexOf('|');
  const document = TextDocument.create('file:///p/.plimsoll.yaml', 'yaml', 1, marked.slice(0, offset) + marked.slice(offset + 1));
  return { document, position: document.positionAt(offset) };
}

function complete(marked: string): readonly CompletionItem[] {
  const { document, position } = at(marked);
  return configurationCompletions(document, position, texts);
}

function labels(marked: string): readonly string[] {
  return complete(marked).map(({ label }) => label);
}

/** The text once the completion of that label is taken. */
function accept(marked: string, label: string): string {
  const item = complete(marked).find((candidate) => candidate.label === label);
  assert.ok(item?.textEdit !== undefined && TextEdit.is(item.textEdit), `${label} is offered in ${marked}`);
  return TextDocument.applyEdits(at(marked).document, [item.textEdit]);
}

const levels = ['critical', 'high', 'medium', 'low', 'negligible', 'unknown', 'off'];
const lists = ['trustedRegistries', 'deniedPackages', 'deniedVendors', 'requiredLabels', 'allowedLabels'];

test('keys of the file are offered, without those that it has', () => {
  assert.deepEqual(labels('|'), ['rules', ...lists, 'ignore', 'policy', 'trust', 'policyProviders']);
  assert.deepEqual(labels('rules:\n  PL1001: off\n\ntru|\n'), [...lists, 'ignore', 'policy', 'trust', 'policyProviders']);
  assert.equal(accept('ru|', 'rules'), 'rules: ');
  assert.equal(accept('ru|: {}', 'rules'), 'rules: {}');
});

test('what a policy may say is offered, with its values', () => {
  assert.ok(labels('policy:\n  |').includes('knownExploited'));
  assert.deepEqual(labels('policy:\n  malware: |'), ['block', 'allow']);
  assert.ok(labels('policy:\n  severity: |').includes('critical'));
  assert.ok(labels('policyProviders:\n  images.example.com: |').includes('tcr'));
});

test('what a rule of trust may say is offered, in its lists too', () => {
  assert.deepEqual(labels('trust:\n  - |'), ['match', 'requireFor', 'keys', 'identities', 'notation', 'revoked']);
  assert.deepEqual(labels('trust:\n  - match: [ghcr.io]\n    |'), ['requireFor', 'keys', 'identities', 'notation', 'revoked']);
  assert.deepEqual(labels('trust:\n  - requireFor: |'), ['base', 'push', 'both']);
  assert.deepEqual(labels('trust:\n  - keys:\n      - |'), ['name', 'file', 'pem', 'trustRoot', 'notBefore', 'notAfter']);
  assert.deepEqual(labels('trust:\n  - keys:\n      - name: a\n        |'), ['file', 'pem', 'trustRoot', 'notBefore', 'notAfter']);
  assert.deepEqual(labels('trust:\n  - identities:\n      - issuer: |'), ['https://token.actions.githubusercontent.com']);
  assert.equal(labels('trust:\n  - match: [|]').length, 3);
  assert.equal(labels('trust:\n  - keys:\n      - notAfter: |').length, 1);
  assert.deepEqual(labels('trust:\n  - nope:\n      - |'), []);
  assert.match(hover('trust:\n  - identities:\n      - sub|ject: x\n') ?? '', /The identity/);
  assert.match(hover('trust:\n  - revo|ked: []\n') ?? '', /trusted no longer/);
  assert.match(hover('tru|st: []\n') ?? '', /Whose signatures/);
});

test('rules are offered by id, found by slug and alias, with what they are about', () => {
  for (const marked of [
    'rules:\n  |',
    'rules:\n  PL|\n',
    'rules:\n  |\n  PL2002: off\n',
    'rules:\n  PL2002: off\n  |\n',
    'rules: { | }',
    'rules: { PL2002: off, P| }',
  ]) {
    const items = complete(marked);
    assert.ok(items.length >= configurableRules.length - 1, marked);
    const { detail, filterText, documentation } = items.find(({ label }) => label === 'PL7001') ?? {};
    assert.equal(detail, 'Remote administration port exposed');
    assert.ok(filterText?.includes('exposed-admin-port') && filterText.includes('DS-0004'));
    assert.ok((documentation as MarkupContent).value.includes('https://example.org/PL7001'));
  }
  assert.ok(!labels('rules:\n  sudo: off\n  |\n').includes('PL2002'));
  assert.equal(accept('rules:\n  PL7|\n  PL2002: off\n', 'PL7001'), 'rules:\n  PL7001: \n  PL2002: off\n');
});

test('severities are offered behind a rule, options in its map, values behind them', () => {
  assert.deepEqual(labels('rules:\n  PL7001: |'), levels);
  assert.deepEqual(labels('rules: { DL3008: o| }'), levels);
  assert.equal(complete('rules:\n  PL7001: |').find(({ label }) => label === 'medium')?.detail, 'default');
  assert.deepEqual(labels('rules:\n  PL7001:\n    |'), ['severity', 'allowedPorts']);
  assert.deepEqual(labels('rules:\n  PL7001:\n    severity: |'), levels);
  assert.deepEqual(labels('rules:\n  PL7001:\n    severity: low\n    |'), ['allowedPorts']);
  assert.deepEqual(labels('rules:\n  PL7001:\n    allowedPorts: [|]'), ['22', '15672']);
  assert.deepEqual(labels('rules:\n  PL1005:\n    warnDays: |'), ['90']);
  assert.equal(accept('rules:\n  PL7001: |\n', 'off'), 'rules:\n  PL7001: off\n');
});

test('entries that YAML would take for something else are quoted', () => {
  assert.equal(accept('trustedRegistries:\n  - |', '*.corp.example'), "trustedRegistries:\n  - '*.corp.example'");
  assert.equal(accept('trustedRegistries:\n  - |', 'ghcr.io/acme'), 'trustedRegistries:\n  - ghcr.io/acme');
  assert.equal(accept('deniedVendors:\n  - "|"', '@acme'), 'deniedVendors:\n  - "@acme"');
});

test('nothing is offered where nothing may stand', () => {
  for (const marked of [
    '# |',
    'rules: |',
    'rules:\n  NOPE: |',
    'nope:\n  |',
    'nope:\n  - |',
    'trustedRegistries: |',
    'rules:\n  PL7001:\n    allowedPorts: |',
    'rules:\n  PL1001: off # |',
  ]) {
    assert.deepEqual(labels(marked), [], marked);
  }
});

test('completion survives every place of a file', () => {
  const text = 'rules:\n  PL7001: { severity: low, allowedPorts: [22] }\n  - x\n"a: [*b\n';
  for (let offset = 0; offset <= text.length; offset++) complete(`${text.slice(0, offset)}|${text.slice(offset)}`);
});

function hover(marked: string): string | undefined {
  const { document, position } = at(marked);
  return (configurationHover(document, position, texts)?.contents as MarkupContent | undefined)?.value;
}

test('entries of ignore: their keys, examples and what they mean', () => {
  assert.deepEqual(labels('ignore:\n  - |'), ['id', 'package', 'path', 'reason', 'expires']);
  assert.deepEqual(labels('ignore:\n  - id: CVE-1\n    |'), ['package', 'path', 'reason', 'expires']);
  assert.deepEqual(labels('ignore:\n  - package: |'), ['openssl', 'npm:lodash', 'pkg:npm/lodash@4.17.20']);
  assert.match(labels('ignore:\n  - expires: |')[0] ?? '', /^\d{4}-\d{2}-\d{2}$/);
  assert.deepEqual(labels('ignore:\n  - id: { | }'), []);
  const { document, position } = at('ignore:\n  - id: x\n    rea|son: y\n');
  assert.match(JSON.stringify(configurationHover(document, position, texts)), /without a reason is an error/);
});

test('hover says what a key means', () => {
  assert.match(hover('trusted|Registries: []') ?? '', /Where images may come from/);
  assert.match(
    hover('rules:\n  exposed-admin|-port: off') ?? '',
    /^\*\*Remote administration port exposed\*\* \(PL7001\)[\s\S]*Severity: medium[\s\S]*https:\/\/example\.org\/PL7001/,
  );
  assert.match(hover('rules:\n  PL7001: { allowed|Ports: [22] }') ?? '', /Ports that may be exposed[\s\S]*Default: empty/);
  assert.match(hover('rules:\n  PL7001: { sev|erity: low }') ?? '', /Default: medium/);
  for (const marked of ['rules:\n  PL7001: o|ff', 'nope|: 1', '# rules|', 'rules:\n  NOPE|: off']) assert.equal(hover(marked), undefined, marked);
});

const folder = mkdtempSync(path.join(os.tmpdir(), 'plimsoll-server-configuration-'));
after(() => {
  rmSync(folder, { recursive: true });
});

test('over the wire: checked while typed, completed, explained; saving it lints open Dockerfiles again', async () => {
  const file = path.join(folder, '.plimsoll.yaml');
  const uri = pathToFileURL(file).href;
  const dockerfile = pathToFileURL(path.join(folder, 'Dockerfile')).href;
  writeFileSync(file, 'rules: { PL7001: off }\n');
  await using session = await Session.start({ services: engineServices });
  await session.open(dockerfile, 'FROM alpine:3.22@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\nEXPOSE 22\nUSER 1000\n');
  const without = await session.diagnostics(dockerfile);
  assert.ok(!without.diagnostics.some(({ code }) => code === 'PL7001'));

  await session.open(uri, 'rules:\n  PL7002: loud\n  PL70\n', 'yaml');
  const checked = await session.diagnostics(uri, ({ version }) => version === 1);
  assert.deepEqual(checked.diagnostics[0]?.range, { start: { line: 1, character: 10 }, end: { line: 1, character: 14 } });
  const items = await session.client.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: { line: 2, character: 6 } });
  assert.ok((items as CompletionItem[]).some(({ label }) => label === 'PL7001'));
  const shown = (await session.client.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 1, character: 4 } })) as Hover;
  assert.match((shown.contents as MarkupContent).value, /PL7002/);
  assert.deepEqual(
    await session.client.sendRequest(CompletionRequest.type, { textDocument: { uri: dockerfile }, position: { line: 1, character: 7 } }),
    [],
  );

  await session.change(uri, 2, { text: 'rules:\n  PL7001: low\n' });
  assert.deepEqual((await session.diagnostics(uri, ({ version }) => version === 2)).diagnostics, []);
  writeFileSync(file, 'rules:\n  PL7001: low\n');
  await session.client.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
  await session.diagnostics(dockerfile, ({ diagnostics }) => diagnostics.some(({ code, severity }) => code === 'PL7001' && severity === 3));

  await session.change(uri, 3, { text: 'rulez: {}\n' });
  await session.diagnostics(uri, ({ version, diagnostics }) => version === 3 && diagnostics.length === 1);
  const lintsSoFar = session.published.filter((params) => params.uri === dockerfile).length;
  await session.close(uri);
  await session.until(() => (session.published.findLast((params) => params.uri === uri)?.diagnostics.length === 0 ? true : undefined));
  await session.until(() => (session.published.filter((params) => params.uri === dockerfile).length > lintsSoFar ? true : undefined));
});

test('where the client checks the file by its schema the server says nothing of it', async () => {
  const uri = pathToFileURL(path.join(folder, 'left', '.plimsoll.yaml')).href;
  await using session = await Session.start({ services: engineServices, initializationOptions: { checksConfiguration: true } });
  await session.open(uri, 'rulez: {}\n|', 'yaml');
  assert.deepEqual(await session.client.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: { line: 1, character: 0 } }), []);
  assert.equal(await session.client.sendRequest(HoverRequest.type, { textDocument: { uri }, position: { line: 0, character: 1 } }), null);
  await new Promise((resolve) => setTimeout(resolve, 200));
  assert.deepEqual(session.published, []);
});
