/**
 * What makes `docker plimsoll …` of plimsoll: docker starts its plugins with its own command line, global options and all.
 * @see https://github.com/docker/cli/tree/master/cli-plugins
 */
import { connect } from 'node:net';
import { productVersion } from '../foundation/io/resources.ts';
import { UsageError } from './arguments.ts';

/** The word with which the installed plugin starts the command line. */
export const PLUGIN_WORD = 'docker-cli-plugin';

/** What docker asks every plugin for before it lists or starts it. */
export const METADATA_WORD = 'docker-cli-plugin-metadata';

export interface PluginCommandLine {
  /** What stands behind `docker plimsoll`. */
  readonly args: readonly string[];
  /** What docker's global options say, as the variables that say the same; undefined is not set. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Returns what docker wants to know of a plugin, as JSON. */
export function pluginMetadata(): string {
  return JSON.stringify({
    SchemaVersion: '0.1.0',
    Vendor: 'Plimsoll',
    Version: productVersion(),
    ShortDescription: 'Lint Dockerfiles, scan images, and push what the registry will not block',
  });
}

const VALUED: Readonly<Record<string, string>> = { '-c': '--context', '-H': '--host', '-l': '--log-level' };
const WITH_VALUE = new Set(['--config', '--context', '--host', '--log-level', '--tlscacert', '--tlscert', '--tlskey']);
const FLAGS = new Set(['-D', '--debug', '--tls', '--tlsverify']);

/** Returns docker's command line as plimsoll's: `--context x plimsoll push y` is `push y` with DOCKER_CONTEXT. @throws {UsageError} for an option that has no such variable */
export function readPluginCommandLine(args: readonly string[]): PluginCommandLine {
  const environment: Record<string, string | undefined> = {};
  // `docker help plimsoll push`
  if (args[0] === 'help') return { args: ['help', ...args.slice(2)], environment };
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] ?? '';
    if (word === 'plimsoll') return { args: args.slice(i + 1), environment };
    const { name, value } = splitOption(word);
    if (FLAGS.has(name)) {
      if (name.startsWith('--tls') && value !== 'false') environment.DOCKER_TLS_VERIFY = '1';
      continue;
    }
    if (!WITH_VALUE.has(name)) throw new UsageError(`docker's option ${word} is not known here: put it behind 'plimsoll', or leave it out`);
    if (value === undefined) i += 1;
    Object.assign(environment, toVariables(name, value ?? args[i] ?? ''));
  }
  return { args: [], environment };
}

/** `--host=x`, `--host x`, `-H x`, `-Hx` and `-H=x` are one. */
function splitOption(word: string): { readonly name: string; readonly value?: string } {
  const short = VALUED[word.slice(0, 2)];
  if (short !== undefined && !word.startsWith('--'))
    return word.length === 2 ? { name: short } : { name: short, value: word.slice(2).replace(/^=/, '') };
  const equals = word.indexOf('=');
  return equals < 0 ? { name: word } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
}

function toVariables(name: string, value: string): Readonly<Record<string, string | undefined>> {
  switch (name) {
    case '--config':
      return { DOCKER_CONFIG: value };
    // An option goes before both variables.
    case '--context':
      return { DOCKER_CONTEXT: value, DOCKER_HOST: undefined };
    case '--host':
      return { DOCKER_HOST: value, DOCKER_CONTEXT: undefined };
    case '--log-level':
      return {};
    default:
      throw new UsageError(`docker's option ${name} is not taken over: set DOCKER_CERT_PATH to the folder of ca.pem, cert.pem and key.pem`);
  }
}

/** Calls `end` when docker, which started this as its plugin, is told to stop: it then closes the socket that it names. Without a terminal no signal reaches a plugin. */
export function watchDocker(end: () => void, environment: NodeJS.ProcessEnv = process.env): void {
  const address = environment.DOCKER_CLI_PLUGIN_SOCKET;
  if (address === undefined || address === '') return;
  // Go writes @ for the abstract sockets of Linux.
  const socket = connect(address.replace(/^@/, '\0'));
  let connected = false;
  socket.once('connect', () => (connected = true));
  socket.on('error', () => undefined);
  socket.once('close', () => {
    if (connected) end();
  });
  socket.resume().unref();
}
