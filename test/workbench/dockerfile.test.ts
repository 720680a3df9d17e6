import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe } from 'node:test';
import { startRegistryServer, type RegistryServer } from '../support/registry-server.ts';
import { waitFor } from '../support/wait.ts';
import { journey, type Stage } from './journey.ts';
import type { Squiggle } from './text-editor.ts';

const BASE = 'FROM debian:12.5';
const WGET = 'RUN wget --no-check-certificate -q https://example.com/tool -O /opt/tool';
const TYPED = 'RUN curl -k https://x | sh';
const LINES = [BASE, WGET, TYPED];
/** Where on the third line, 1-based. */
const FLAG_COLUMN = TYPED.indexOf('-k') + 2;
const SHELL_COLUMN = TYPED.length;
/** With all safe fixes made. */
const FIXED = [BASE, 'RUN wget -q https://example.com/tool -O /opt/tool', 'RUN curl https://x | sh'];

const isFlag = ({ line, text }: Squiggle): boolean => line === 3 && text === '-k';
const isShell = ({ line, text }: Squiggle): boolean => line === 3 && text === 'sh';

describe('writing a Dockerfile', () => {
  journey(
    'what is dangerous is underlined on its word while typing, explained, fixed, and back with undo',
    [],
    () => ({ files: { Dockerfile: `${BASE}\n${WGET}\n` } }),
    async (stage) => {
      await stage.workbench.openFile('Dockerfile');
      await typeRisks(stage);
      await readHovers(stage);
      await fixAndUndo(stage);
      await fixAllAndUndo(stage);
      await fixByLens(stage);
      await measureKeystrokes(stage);
      // VS Code renews no lens while the focus is elsewhere.
      await waitFor('the lens of the text as it is', async () => (await stage.workbench.editor.codeLenses()).includes('4 risks in this stage'));
      const left = await stage.workbench.problems();
      assert.ok(
        left.some((row) => row.includes('curl -k accepts any certificate')),
        left.join(' | '),
      );
      await stage.workbench.screenshot('typing-8-problems');
    },
  );

  journey(
    'an image is pinned to the digest that its registry tells, and nobody is asked before that',
    ['registry'],
    () => ({ files: { Dockerfile: 'USER 1000\n' } }),
    async (stage) => {
      const registry = await startRegistryServer();
      try {
        await pin(stage, registry);
      } finally {
        await registry.close();
      }
    },
  );

  journey(
    'saving applies the safe fixes, what is accepted is silenced with a reason, and the rule can be read',
    [],
    () => ({
      files: {
        Dockerfile: `${LINES.join('\n')}\n`,
        '.vscode/settings.json': JSON.stringify({ '[dockerfile]': { 'editor.codeActionsOnSave': { 'source.fixAll.plimsoll': 'explicit' } } }),
      },
    }),
    async (stage) => {
      const { editor } = stage.workbench;
      await stage.workbench.openFile('Dockerfile');
      await editor.waitForSquiggle('on -k', isFlag);
      await suppress(stage);
      await fixOnSave(stage);
      await editor.quickFix(4, 'RUN curl'.length, 'Read about PL5015');
      const page = await stage.workbench.webview('h1');
      await page.getByRole('heading', { level: 1, name: /PL5015/ }).waitFor();
      await stage.workbench.screenshot('saving-4-rule');
    },
  );
});

/** The language server starts meanwhile. */
async function typeRisks({ workbench, note }: Stage): Promise<void> {
  const { editor } = workbench;
  await editor.typeAtEnd(TYPED);
  const start = performance.now();
  const flag = await editor.waitForSquiggle('on -k', isFlag);
  const shell = await editor.waitForSquiggle('on sh', isShell);
  note(`last key to both risks, typed at once while the server starts: ${(performance.now() - start).toFixed(0)} ms`);
  assert.deepEqual([flag.severity, shell.severity], ['error', 'error']);
  assert.ok(await editor.isDirty(), 'the file is not saved: what was checked is the text in the editor');
  await workbench.screenshot('typing-1-squiggles');
}

async function readHovers({ workbench }: Stage): Promise<void> {
  const { editor } = workbench;
  for (const { column, id, message } of [
    { column: FLAG_COLUMN, id: 'PL4001', message: 'curl -k accepts any certificate' },
    { column: SHELL_COLUMN, id: 'PL5001', message: 'sh runs what curl downloads' },
  ]) {
    await editor.goTo(3, column);
    const hover = await editor.showHover(`${id}:`);
    await workbench.screenshot(`typing-2-hover-${id}`);
    assert.equal(hover.split(message).length, 2, `the message is told once:\n${hover}`);
    const [, attack = '', fix = ''] = hover.split(/\n+/);
    assert.ok(attack.length > 50, `what an attacker does with it comes behind the message:\n${hover}`);
    assert.match(fix, /^Fix: ./);
    const sentences = hover.split(/(?<=[.:])\s+|\n+/).filter((sentence) => sentence.length > 20);
    assert.equal(new Set(sentences).size, sentences.length, `nothing is told twice:\n${hover}`);
    assert.equal(await workbench.page.locator('.monaco-hover:visible a', { hasText: `${id}:` }).count(), 1, 'a link to the rule');
    await workbench.page.keyboard.press('Escape');
  }
}

async function fixAndUndo({ workbench, note }: Stage): Promise<void> {
  const { editor } = workbench;
  await editor.goTo(3, FLAG_COLUMN);
  await editor.openQuickFixes();
  await workbench.screenshot('typing-3-lightbulb');
  await workbench.page.keyboard.press('Escape');
  const onFlag = await editor.quickFix(3, FLAG_COLUMN, 'Remove -k');
  note(`quick fixes on -k: ${onFlag.join(' | ')}`);
  await editor.waitForLines('the flag removed', [BASE, WGET, 'RUN curl https://x | sh']);
  await editor.waitForNoSquiggle('on the flag that is gone', isFlag);
  await undoBoth({ workbench });

  const onShell = await editor.quickFix(3, SHELL_COLUMN, 'Download, check, then run');
  note(`quick fixes on sh: ${onShell.join(' | ')}`);
  await waitFor('the download to be checked', async () => (await editor.lines()).some((line) => line.includes('sha256sum -c')));
  await editor.waitForNoSquiggle('on the shell that runs what was checked', isShell);
  await workbench.screenshot('typing-4-checked');
  await undoBoth({ workbench });
}

async function fixAllAndUndo({ workbench }: Stage): Promise<void> {
  const { editor } = workbench;
  await editor.quickFix(3, FLAG_COLUMN, 'Apply all safe Plimsoll fixes in this file');
  await editor.waitForLines('all safe fixes', FIXED);
  await undoBoth({ workbench });
}

async function fixByLens({ workbench, note }: Stage): Promise<void> {
  const { editor } = workbench;
  const lens = await waitFor('the lens with the fixes', async () => (await editor.codeLenses()).find((title) => /safe fixes/.test(title)));
  note(`code lenses: ${(await editor.codeLenses()).join(' | ')}`);
  assert.equal(lens, 'Apply 2 safe fixes');
  await editor.pressCodeLens(/risks in this stage/);
  await editor.waitForHover('PL4002:');
  await workbench.screenshot('typing-5-lenses');
  await workbench.page.keyboard.press('Escape');
  await editor.pressCodeLens(/safe fixes/);
  await editor.waitForLines('all safe fixes', FIXED);
  await waitFor('no lens where there is nothing to fix', async () => !(await editor.codeLenses()).some((title) => /safe fix/.test(title)));
  await workbench.screenshot('typing-6-after-lens');
  await editor.focus();
  await undoBoth({ workbench });
}

/** The text is back, and so is what is wrong with it. */
async function undoBoth({ workbench: { editor } }: Pick<Stage, 'workbench'>): Promise<void> {
  await editor.undo();
  await editor.waitForLines('the text as it was typed', LINES);
  await editor.waitForSquiggle('on -k again', isFlag);
  await editor.waitForSquiggle('on sh again', isShell);
}

async function measureKeystrokes({ workbench: { editor }, note }: Stage): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await editor.typeInstead(`${BASE}\n${WGET}\n${TYPED.slice(0, -1)}`);
    await editor.waitForSquiggle('on -k', isFlag);
    await editor.waitForNoSquiggle('on half of sh', ({ line, text }) => line === 3 && text.startsWith('s'));
    times.push(await editor.measureSquiggle(TYPED.slice(-1), 'error'));
    await editor.waitForSquiggle('on sh', isShell);
  }
  note(`keystroke to squiggle, ms: ${times.map((time) => time.toFixed(0)).join(', ')} (aim 100, bound 1000)`);
}

async function suppress({ workbench }: Stage): Promise<void> {
  const { editor } = workbench;
  await editor.quickFix(3, SHELL_COLUMN, 'Suppress PL5001 here…');
  await workbench.quickInput().waitFor();
  await workbench.screenshot('saving-1-reason');
  await workbench.answer('our own server, on a wire of our own');
  const ends = await workbench.quickPickRows();
  await workbench.screenshot('saving-2-end');
  assert.ok(
    ends.some((row) => /In 30 days, \d{4}-\d\d-\d\d/.test(row)),
    ends.join(' | '),
  );
  const inThirtyDays = (): string => new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
  const days = [inThirtyDays()];
  await workbench.pick('In 30 days');
  const comment = await waitFor('the comment', async () => (await editor.lines()).find((line) => line.startsWith('# plimsoll ignore=PL5001')));
  // Midnight may have come.
  days.push(inThirtyDays());
  assert.ok(comment.includes('reason=our own server, on a wire of our own'), comment);
  assert.ok(
    days.some((day) => comment.includes(day)),
    comment,
  );
  await editor.waitForNoSquiggle('on what is accepted', ({ text }) => text === 'sh');
  await editor.waitForSquiggle('on what is not', ({ text }) => text === '-k');
  await workbench.screenshot('saving-3-suppressed');
}

async function fixOnSave({ workbench, folder }: Stage): Promise<void> {
  const { editor } = workbench;
  await editor.save();
  const saved = readFileSync(path.join(folder, 'Dockerfile'), 'utf8').split('\n');
  assert.deepEqual([saved[0], saved[1], saved[3], saved[4]], [...FIXED, '']);
  assert.match(saved[2] ?? '', /^# plimsoll ignore=PL5001/);
  await editor.waitForNoSquiggle('where all is fixed', ({ severity }) => severity === 'error');
}

async function pin({ workbench, server, note }: Stage, registry: RegistryServer): Promise<void> {
  const { editor } = workbench;
  const digest = await registry.push('team/app', '1.0', { layers: [] });
  const login = Buffer.from(`${registry.username}:${registry.password}`).toString('base64');
  mkdirSync(path.join(server.home, '.docker'), { recursive: true });
  writeFileSync(path.join(server.home, '.docker', 'config.json'), JSON.stringify({ auths: { [registry.host]: { auth: login } } }));
  const image = `${registry.host}/team/app:1.0`;
  await workbench.openFile('Dockerfile');
  await editor.typeInstead(`FROM ${image}\nUSER 1000`);
  await editor.waitForSquiggle('on the image', ({ line, severity }) => line === 1 && severity === 'hint');
  const offered = await editor.quickFix(1, `FROM ${image}`.length, `Pin to the digest of today (asks ${registry.host})`);
  note(`quick fixes on the image: ${offered.join(' | ')}`);
  await editor.waitForLines('the digest', [`FROM ${image}@${digest}`, 'USER 1000']);
  const told = await workbench.waitForNotification(/is pinned to sha256:/);
  note(`told: ${told.message}`);
  await workbench.screenshot('pinning-1-pinned');
  await waitFor('only what came of it on screen', async () => (await workbench.notifications()).length === 1);
  await editor.undo();
  await editor.waitForLines('the text as it was typed', [`FROM ${image}`, 'USER 1000']);
}
