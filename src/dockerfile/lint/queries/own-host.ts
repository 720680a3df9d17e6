import type { ShellCommand } from '../../syntax/shell/command.ts';
import { findFlags, optionsOf } from './commands.ts';

const OWN_HOST = /^(?:[a-z][a-z0-9+.-]{0,20}:\/\/)?(?:[^\s/@]{1,100}@)?(?:localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|0\.0\.0\.0|\[::1?\])(?=[:/?#]|$)/i;

/** True for a curl or wget that asks the machine it runs on: nobody stands between. A health check whose URL is not known is taken for one, as that is what it is for. */
export function asksOwnHost(command: ShellCommand): boolean {
  const named = findFlags(command, { long: 'url' }).flatMap(({ valueWord }) => valueWord ?? []);
  const urls = [...optionsOf(command).operands, ...named];
  const isProbe = command.instruction.keyword === 'HEALTHCHECK';
  return urls.length > 0 && urls.every(({ value, known }) => OWN_HOST.test(value) || (isProbe && !known));
}
