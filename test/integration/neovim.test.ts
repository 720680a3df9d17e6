import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { needs } from '../setup/needs.ts';
import { lastLines, tryCommand } from '../support/processes.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const root = path.join(import.meta.dirname, '..', '..');

/** For an editor that has to start, with a cold server behind it, on a busy machine. */
const TIMEOUT_MS = 120_000;
/** What the script itself waits for anything; below TIMEOUT_MS, so that it is the script that says what did not come. */
const WAIT_MS = 50_000;

/**
 * What a user of Neovim would do: open a Dockerfile, read its diagnostics, ask for code actions at the first of them, take one, and save.
 * Only functions that Neovim 0.7 and newer share. Values go in as JSON in the environment, the outcome comes out as a file of JSON.
 */
const SCRIPT = `
local given = vim.fn.json_decode(vim.env.PLIMSOLL_TEST_GIVEN)
local outcome = { messages = {} }

local function finish(failure)
  outcome.failure = failure
  vim.fn.writefile({ vim.fn.json_encode(outcome) }, given.outcome)
  vim.cmd('qall!')
end

local function wait_for(what, condition)
  if not vim.wait(given.wait_ms, condition, 50) then error('waited in vain for ' .. what) end
end

local ok, failure = xpcall(function()
  vim.lsp.set_log_level('debug')
  outcome.log = vim.lsp.get_log_path()
  vim.cmd('edit ' .. vim.fn.fnameescape(given.file))
  local buffer = vim.api.nvim_get_current_buf()
  outcome.filetype = vim.bo[buffer].filetype
  local client_id = vim.lsp.start_client({ name = 'plimsoll', cmd = given.command, root_dir = given.root })
  vim.lsp.buf_attach_client(buffer, client_id)
  wait_for('the server', function() return vim.lsp.buf_is_attached(buffer, client_id) end)
  local client = vim.lsp.get_client_by_id(client_id)

  wait_for('diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
  outcome.diagnostics = vim.tbl_map(function(diagnostic)
    return { code = diagnostic.code, source = diagnostic.source, line = diagnostic.lnum, column = diagnostic.col, message = diagnostic.message }
  end, vim.diagnostic.get(buffer))

  local function first_of(code)
    for _, diagnostic in ipairs(vim.diagnostic.get(buffer)) do
      if diagnostic.code == code then return diagnostic end
    end
  end
  local at = assert(first_of(given.rule), 'no diagnostic of ' .. given.rule)
  local params = {
    textDocument = vim.lsp.util.make_text_document_params(buffer),
    range = { start = { line = at.lnum, character = at.col }, ['end'] = { line = at.end_lnum, character = at.end_col } },
    context = { diagnostics = { at.user_data.lsp and vim.tbl_extend('keep', at.user_data.lsp, {
      range = { start = { line = at.lnum, character = at.col }, ['end'] = { line = at.end_lnum, character = at.end_col } },
      message = at.message, severity = at.severity, source = at.source,
    }) } },
  }
  local answer = client.request_sync('textDocument/codeAction', params, given.wait_ms, buffer)
  assert(answer and answer.result, 'no answer to textDocument/codeAction: ' .. vim.inspect(answer))
  outcome.actions = vim.tbl_map(function(action) return { title = action.title, kind = action.kind } end, answer.result)

  for _, action in ipairs(answer.result) do
    if action.title == given.title then
      if not action.edit then action = client.request_sync('codeAction/resolve', action, given.wait_ms, buffer).result end
      vim.lsp.util.apply_workspace_edit(action.edit, client.offset_encoding)
      outcome.applied = true
      break
    end
  end
  outcome.text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\\n')
  -- The server has seen the edit when what it mended is gone.
  wait_for('the diagnostic to go', function() return first_of(given.rule) == nil end)

  local hover = client.request_sync('textDocument/hover', { textDocument = params.textDocument, position = { line = 0, character = 6 } }, given.wait_ms, buffer)
  outcome.hover_failed = hover == nil or hover.err ~= nil
  client.stop()
  wait_for('the server to end', function() return client.is_stopped() end)
  outcome.stopped = true
end, debug.traceback)
finish(not ok and tostring(failure) or nil)
`;

interface Outcome {
  readonly failure?: string;
  readonly log?: string;
  readonly filetype?: string;
  readonly diagnostics: readonly { readonly code: string; readonly source: string; readonly line: number; readonly column: number }[];
  readonly actions: readonly { readonly title: string; readonly kind: string }[];
  readonly applied?: boolean;
  readonly text: string;
  readonly hover_failed: boolean;
  readonly stopped: boolean;
}

test('Neovim: diagnostics, code actions and a fix from `plimsoll lsp --stdio`', needs('neovim'), async (t) => {
  const folder = temporaryDirectory(t);
  const file = path.join(folder, 'Dockerfile');
  writeFileSync(file, 'FROM debian:12.5\nRUN curl -k https://example.com/ä -o /ä && curl --insecure https://example.com/b -o /b\nUSER 1000\n');
  const outcome = await runNeovim(folder, {
    file,
    root: folder,
    command: [process.execPath, path.join(root, 'dist', 'cli.cjs'), 'lsp', '--stdio'],
    rule: 'PL4001',
    title: 'Apply all safe Plimsoll fixes in this file',
  });
  assert.equal(outcome.filetype, 'dockerfile');
  const insecure = outcome.diagnostics.filter(({ code }) => code === 'PL4001');
  assert.deepEqual(
    insecure.map(({ source, line, column }) => [source, line, column]),
    // Neovim counts bytes: each of the two letters before it takes one more.
    [
      ['plimsoll', 1, 9],
      ['plimsoll', 1, 50],
    ],
  );
  assert.ok(outcome.actions.length > 0);
  assert.ok(outcome.applied === true, JSON.stringify(outcome.actions));
  assert.doesNotMatch(outcome.text, /-k|--insecure/);
  assert.match(outcome.text, /^FROM debian:12\.5\nRUN curl /);
  assert.equal(outcome.hover_failed, false);
  assert.equal(outcome.stopped, true);
});

/** Runs SCRIPT in a Neovim that knows nothing of its user. @throws {Error} with the end of Neovim's own log when it comes to no outcome */
async function runNeovim(folder: string, given: Readonly<Record<string, unknown>>): Promise<Outcome> {
  const script = path.join(folder, 'script.lua');
  const outcomeFile = path.join(folder, 'outcome.json');
  writeFileSync(script, SCRIPT);
  const { exitCode, stderr, stdout, timedOut } = await tryCommand(
    'nvim',
    ['--headless', '-u', 'NONE', '-i', 'NONE', '-n', '-c', 'filetype on', '-c', `luafile ${script}`],
    {
      cwd: folder,
      timeoutMs: TIMEOUT_MS,
      env: {
        PLIMSOLL_TEST_GIVEN: JSON.stringify({ ...given, outcome: outcomeFile, wait_ms: WAIT_MS }),
        XDG_CACHE_HOME: path.join(folder, 'cache'),
        XDG_STATE_HOME: path.join(folder, 'state'),
        XDG_DATA_HOME: path.join(folder, 'data'),
        XDG_CONFIG_HOME: path.join(folder, 'config'),
        NVIM_LOG_FILE: path.join(folder, 'nvim.log'),
        LC_ALL: 'C.UTF-8',
      },
    },
  );
  const outcome = existsSync(outcomeFile) ? (JSON.parse(readFileSync(outcomeFile, 'utf8')) as Outcome) : undefined;
  if (outcome !== undefined && outcome.failure === undefined) return outcome;
  const log = outcome?.log !== undefined && existsSync(outcome.log) ? lastLines(readFileSync(outcome.log, 'utf8'), 40) : 'there is no log';
  const end = timedOut ? 'took too long' : `ended with ${String(exitCode)}`;
  throw new Error(`Neovim ${end}: ${outcome?.failure ?? 'no outcome'}\n${stdout}${stderr}\n${log}`);
}
