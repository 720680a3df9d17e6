import { chmod, mkdir, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseCommandLine, UsageError } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { PLUGIN_WORD } from '../docker-plugin.ts';
import { exitCodes, type ExitCode } from '../output.ts';

const help = `usage: plimsoll install-docker-plugin [--uninstall]

Makes 'docker plimsoll push IMAGE', and every other command of plimsoll, a command of docker: puts a small script into the folder of docker's plugins
(DOCKER_CONFIG/cli-plugins, or ~/.docker/cli-plugins) that starts this plimsoll. On Windows docker starts programs only: use it in WSL, or plimsoll by itself.

  --uninstall            take the script away again

exit codes: 0 done · 2 usage · 3 could not finish`;

/** Tells our script from somebody else's program of that name. */
const MARK = "# Written by 'plimsoll install-docker-plugin'; '--uninstall' takes it away.";

async function run(args: readonly string[], { terminal }: CommandContext): Promise<ExitCode> {
  const { values, positionals } = parseCommandLine(args, { uninstall: { type: 'boolean' } });
  if (positionals.length > 0) throw new UsageError(`'${positionals.join(' ')}' is too much`);
  if (process.platform === 'win32')
    throw new Error("docker on Windows starts plugins only when they are programs (.exe): use 'plimsoll push' itself, or the plugin in WSL");
  const file = path.join(pluginFolder(), 'docker-plimsoll');
  const present = await readIfThere(file);
  if (present !== undefined && !present.includes(MARK)) throw new Error(`${file} is not plimsoll's: move it away first`);
  if (values.uninstall === true) {
    await rm(file, { force: true });
    terminal.note(present === undefined ? `There was no ${file}.` : `Removed ${file}.`);
    return exitCodes.ok;
  }
  await mkdir(path.dirname(file), { recursive: true });
  const staged = `${file}.${process.pid}`;
  await writeFile(staged, toScript(process.execPath, await realpath(process.argv[1] ?? '')));
  await chmod(staged, 0o755);
  await rename(staged, file);
  terminal.note(`Wrote ${file}. Try 'docker plimsoll --help'.`);
  return exitCodes.ok;
}

function pluginFolder(): string {
  const { DOCKER_CONFIG: configured } = process.env;
  return path.join(configured === undefined || configured === '' ? path.join(os.homedir(), '.docker') : configured, 'cli-plugins');
}

/** Returns the script. Node is looked for where it is now; where that is gone, because it was updated, on the PATH. */
export function toScript(node: string, main: string): string {
  return `#!/bin/sh
${MARK}
node=${quote(node)}
[ -x "$node" ] || node=node
exec "$node" ${quote(main)} ${PLUGIN_WORD} "$@"
`;
}

function quote(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export const installDockerPlugin: Command = {
  name: 'install-docker-plugin',
  summary: "make plimsoll a command of docker: 'docker plimsoll push'",
  help,
  run,
};
