import assert from 'node:assert/strict';
import { describe } from 'node:test';
import { journey, type Stage } from './journey.ts';
import type { Squiggle } from './text-editor.ts';

const DOCKERFILE = 'FROM debian:12.5\nRUN curl -k -fsSL https://example.com/tool -o /opt/tool\nUSER 1000\n';
const COMPOSE = `services:
  tool:
    build:
      context: .
      dockerfile_inline: |
        FROM debian:12.5
        RUN curl -k -fsSL https://example.com/tool -o /opt/tool
        USER 1000
`;

const isFlag = ({ text }: Squiggle): boolean => text === '-k';
const isImage = ({ text }: Squiggle): boolean => text.startsWith('debian');

describe('configuration', () => {
  journey(
    'each folder has its own configuration, which is checked and completed as it is typed',
    [],
    () => ({
      roots: ['alpha', 'beta'],
      files: {
        'alpha/Dockerfile': DOCKERFILE,
        'alpha/.plimsoll.yaml': 'rules:\n  PL4001: low\n',
        'beta/Dockerfile': DOCKERFILE,
        'beta/.plimsoll.yaml': 'rules:\n  PL4001: off\n  PL1003: high\n',
        'alpha/compose.yaml': COMPOSE,
      },
    }),
    async (stage) => {
      const { workbench } = stage;
      await workbench.openFile('alpha/Dockerfile');
      assert.equal((await workbench.editor.waitForSquiggle('on -k', isFlag)).severity, 'info');
      await workbench.openFile('beta/Dockerfile');
      await workbench.editor.waitForSquiggle('on the image, as an error', (squiggle) => isImage(squiggle) && squiggle.severity === 'error');
      assert.ok(!(await workbench.editor.squiggles()).some(isFlag), 'the rule is off in this folder');
      await workbench.screenshot('configuration-1-two-folders');
      await fixInCompose(stage);
      await typeConfiguration(stage);
      await workbench.openFile('alpha/Dockerfile');
      await workbench.editor.waitForSquiggle('on -k, as an error now', (squiggle) => isFlag(squiggle) && squiggle.severity === 'error');
    },
  );
});

/** The Dockerfile in the compose file has its folder's configuration, and its fixes keep the indentation. */
async function fixInCompose({ workbench }: Stage): Promise<void> {
  const { editor } = workbench;
  await workbench.openFile('alpha/compose.yaml');
  const flag = await editor.waitForSquiggle('on -k', isFlag);
  assert.deepEqual(flag, { severity: 'info', line: 7, text: '-k' });
  await workbench.screenshot('configuration-2-compose');
  await editor.quickFix(7, '        RUN curl -k'.length, 'Remove -k');
  await editor.waitForLines('the flag removed', COMPOSE.trimEnd().replace(' -k', '').split('\n'));
  await editor.waitForNoSquiggle('on the flag that is gone', isFlag);
}

async function typeConfiguration({ workbench, note }: Stage): Promise<void> {
  const { editor } = workbench;
  await workbench.openFile('alpha/.plimsoll.yaml');
  await editor.typeAtEnd('trustedRegs:\n');
  const wrong = await editor.waitForSquiggle('on the wrong key', ({ text }) => text.includes('trustedRegs'));
  assert.equal(wrong.severity, 'error');
  await editor.goTo(wrong.line, 3);
  note(`hover on a wrong key: ${(await editor.showHover('trustedRegs')).replaceAll(/\s+/g, ' ')}`);
  await workbench.screenshot('configuration-3-wrong-key');

  await editor.typeInstead('');
  await workbench.page.keyboard.press('Delete');
  const keys = await editor.openCompletions();
  note(`keys: ${keys.join(' | ')}`);
  await workbench.screenshot('configuration-4-keys');
  for (const key of ['rules', 'trustedRegistries'])
    assert.ok(
      keys.some((row) => row.startsWith(key)),
      keys.join(' | '),
    );
  await editor.takeCompletion('rules');
  await editor.typeAtEnd('\n  PL4001: ');
  // The level that is not there yet is an error as well.
  await editor.waitForNoSquiggle('of the key that is gone', ({ text }) => text.includes('trustedRegs'));
  const levels = await editor.openCompletions();
  await workbench.screenshot('configuration-5-levels');
  assert.ok(
    levels.some((row) => row.startsWith('high')),
    levels.join(' | '),
  );
  await editor.takeCompletion('high');
  await editor.waitForLines('what was completed', ['rules: ', '  PL4001: high']);
  await editor.save();
}
