/**
 * What needs VS Code's own program and no eyes: loaded by the extension host of desktop VS Code, with the extension under development beside it.
 * No test framework reaches in there; `run` is all that VS Code asks for.
 */
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

const EXTENSION = 'plimsoll.plimsoll';
const DIAGNOSTICS_TIMEOUT_MS = 30_000;
const TITLED_COMMANDS = ['plimsoll.scanImage', 'plimsoll.checkPush', 'plimsoll.openReport', 'plimsoll.updateAdvisories', 'plimsoll.showLog'];

const tests: Readonly<Record<string, () => Promise<void>>> = {
  'the extension is there and activates': async () => {
    const extension = vscode.extensions.getExtension(EXTENSION);
    assert.ok(extension, `${EXTENSION} is not installed`);
    await extension.activate();
    assert.ok(extension.isActive);
  },

  'its commands are registered': async () => {
    const registered = await vscode.commands.getCommands(true);
    assert.deepEqual(
      TITLED_COMMANDS.filter((command) => !registered.includes(command)),
      [],
    );
  },

  'an unsaved Dockerfile is checked, on the exact word': async () => {
    const document = await openDockerfile('FROM debian:12.5\nRUN curl -k https://example.com/\n');
    const flag = await waitForDiagnostic(document, '-k');
    assert.equal(flag.source?.toLowerCase(), 'plimsoll');
  },

  'a change is checked again, and a fix takes the diagnostic away': async () => {
    const document = await openDockerfile('FROM debian:12.5\nRUN curl -k https://example.com/\n');
    const { range } = await waitForDiagnostic(document, '-k');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      'quickfix',
      10,
    );
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert.ok(fix?.edit, `no edit among: ${actions.map(({ title }) => title).join(', ')}`);
    await vscode.workspace.applyEdit(fix.edit);
    assert.ok(!document.getText().includes('-k'), document.getText());
    await waitForDiagnostics(document, (diagnostics) => diagnostics.every(({ range: at }) => document.getText(at) !== '-k'));
  },
};

/** Called by VS Code. @throws when a test failed. */
export async function run(): Promise<void> {
  let failed = 0;
  for (const [name, test] of Object.entries(tests)) {
    try {
      await test();
      console.log(`ok   ${name}`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}\n`, error);
    }
  }
  console.log(`${String(Object.keys(tests).length - failed)} passed, ${String(failed)} failed`);
  if (failed > 0) throw new Error(`${String(failed)} failed`);
}

async function openDockerfile(content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language: 'dockerfile', content });
  await vscode.window.showTextDocument(document);
  return document;
}

async function waitForDiagnostic(document: vscode.TextDocument, word: string): Promise<vscode.Diagnostic> {
  const isOnWord = ({ range }: vscode.Diagnostic): boolean => document.getText(range) === word;
  const diagnostics = await waitForDiagnostics(document, (all) => all.some(isOnWord));
  const found = diagnostics.find(isOnWord);
  assert.ok(found);
  return found;
}

/** Resolves as soon as the document's diagnostics are as wanted: told by VS Code, not looked for again and again. */
async function waitForDiagnostics(
  document: vscode.TextDocument,
  isWanted: (diagnostics: readonly vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const diagnostics = vscode.languages.getDiagnostics(document.uri);
      if (isWanted(diagnostics))
        finish(() => {
          resolve(diagnostics);
        });
    };
    const listening = vscode.languages.onDidChangeDiagnostics(look);
    const timer = setTimeout(() => {
      const seen = vscode.languages.getDiagnostics(document.uri).map(({ message, range }) => `${document.getText(range)}: ${message}`);
      finish(() => {
        reject(new Error(`not within ${String(DIAGNOSTICS_TIMEOUT_MS / 1000)} s; there are: ${seen.join('; ')}`));
      });
    }, DIAGNOSTICS_TIMEOUT_MS);
    const finish = (settle: () => void): void => {
      clearTimeout(timer);
      listening.dispose();
      settle();
    };
    look();
  });
}
