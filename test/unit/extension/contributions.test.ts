import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { generate } from '../../../scripts/gen/manifest.ts';
import { commands, restrictedSettings } from '../../../src/extension/contributions.ts';
import { clientCommands } from '../../../src/protocol/commands.ts';

const root = path.join(import.meta.dirname, '..', '..', '..');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string; readonly default: unknown }>> };
    readonly walkthroughs: readonly {
      readonly steps: readonly { readonly media: { readonly markdown: string }; readonly completionEvents: readonly string[] }[];
    }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
}

const text = generate(root)[0]?.text ?? '';
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync(path.join(root, 'package.nls.json'), 'utf8')) as Readonly<Record<string, string>>;
const used = new Set(Array.from(text.matchAll(/"%([^%"]+)%"/g), ([, key]) => key ?? ''));

test('every text of package.json is in package.nls.json, and none is left over', () => {
  assert.deepEqual([...used].sort(), Object.keys(nls).sort());
  for (const [key, value] of Object.entries(nls)) assert.notEqual(value.trim(), '', key);
});

test('every contributed command is one that the extension registers, and the other way round', () => {
  assert.deepEqual(
    manifest.contributes.commands.map(({ command }) => command),
    Object.keys(commands),
  );
  const registered = readFileSync(path.join(root, 'src/extension/commands.ts'), 'utf8');
  for (const command of Object.keys(commands)) assert.ok(registered.includes(`'${command}':`), `${command} has a handler`);
  for (const command of Object.values(clientCommands))
    assert.ok(command in commands, `${command}, which the server puts into code actions, is a command`);
});

test('menus and texts name only commands that exist, and every file they show exists', () => {
  const named = Object.values(manifest.contributes.menus).flatMap((items) => items.map(({ command }) => command));
  const linked = Array.from(JSON.stringify(nls).matchAll(/\(command:([\w.]+)\)/g), ([, command]) => command ?? '');
  for (const command of [...named, ...linked]) assert.ok(command in commands, command);
  const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
  const shown = [...steps.map(({ media }) => media.markdown), ...manifest.contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
  for (const file of shown) assert.ok(existsSync(path.join(root, file)), file);
  for (const event of steps.flatMap(({ completionEvents }) => completionEvents)) {
    if (event.startsWith('onCommand:')) assert.ok(event.slice('onCommand:'.length) in commands, event);
  }
});

test('a setting that names a file, a program or a server cannot come from a workspace', () => {
  const { properties } = manifest.contributes.configuration;
  for (const [name, { scope }] of Object.entries(properties)) {
    const restricted = (restrictedSettings as readonly string[]).includes(name);
    assert.equal(scope === 'machine', restricted, name);
    if (/file|path|host|socket|program|registry|url/i.test(name)) assert.ok(restricted, `${name} is restricted`);
  }
});

test('generating keeps what it does not own, and settles', () => {
  const before = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, unknown>;
  const after = JSON.parse(text) as Record<string, unknown>;
  const owned = new Set(['activationEvents', 'capabilities', 'contributes']);
  const rest = (value: Record<string, unknown>): unknown => Object.entries(value).filter(([key]) => !owned.has(key));
  assert.deepEqual(rest(after), rest(before));
  assert.ok(text.endsWith('}\n'));
});
