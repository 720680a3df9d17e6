import { isLoopbackHost } from '../../../foundation/io/loopback.ts';
import type { FixLookUp } from '../../../foundation/model/diagnostic.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { cmdletArguments } from './cmdlets.ts';
import { findFlags, optionsOf } from './commands.ts';

/** What `$TARGETARCH` and its like hold differs from one build to the next, whatever default the file gives them. */
const PLATFORM_VARIABLE = /\$\{?(?:TARGET|BUILD)(?:PLATFORM|OS|OSVERSION|ARCH|VARIANT)\b/;

/** True for text that a platform argument of the builder is part of. */
export function variesByPlatform(text: string): boolean {
  return PLATFORM_VARIABLE.test(text);
}

/** Returns what to ask for the checksum of the file at `address`, whose variables were put in as far as they are `known`; `written` is how it stands in the file. */
export function lookUpOf(placeholder: string, { address, written, known }: Address): FixLookUp {
  const refused = (reason: string): FixLookUp => ({ placeholder, refused: reason });
  if (variesByPlatform(written)) return refused('its address differs by platform, and one checksum does not hold for all of them');
  if (!known || /[$\\`{}[\]*\s]|%\w+%/.test(address)) return refused('its address holds something that is known only when it is built');
  const url = URL.parse(address);
  if (url === null || (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackHost(url.hostname))))
    return refused('only what https serves is looked up: on any other way somebody between could change it');
  if (url.username !== '' || url.password !== '') return refused('its address holds credentials');
  return { placeholder, url: address };
}

interface Address {
  readonly address: string;
  readonly written: string;
  readonly known: boolean;
}

/** Returns what to ask for the checksum of the one file that a command downloads. */
export function downloadLookUp(placeholder: string, command: ShellCommand): FixLookUp {
  const odd = oddOption(command);
  if (odd !== undefined) return { placeholder, refused: `what ${odd} makes the server answer cannot be asked for from here` };
  const addresses = addressesOf(command);
  const [only] = addresses;
  if (only === undefined || addresses.length > 1) return { placeholder, refused: 'the command downloads not exactly one file' };
  return lookUpOf(placeholder, only);
}

function addressesOf(command: ShellCommand): readonly Address[] {
  if (command.language === 'powershell' || command.language === 'cmd') return command.words.flatMap(addressesIn);
  const named = findFlags(command, { long: 'url' }).flatMap(({ value, valueWord }) =>
    value === undefined || valueWord === undefined ? [] : [{ address: value, written: valueWord.text, known: valueWord.known }],
  );
  return [...optionsOf(command).operands.map(({ value, text, known }) => ({ address: value, written: text, known })), ...named];
}

/** PowerShell hands an address over in many ways: `-Uri X`, `X`, `.DownloadFile('X', …)`. */
function addressesIn({ value, text }: ShellWord): readonly Address[] {
  return Array.from(value.matchAll(/\bhttps?:\/\/[^\s'"(),;]{1,2000}/gi), ([address]) => ({ address, written: text, known: true }));
}

/** Options that change nothing about which bytes arrive. Any other one may. */
const HARMLESS: Readonly<Record<string, { readonly short: string; readonly long: RegExp }>> = {
  curl: {
    short: 'fsSLoOvk#46m',
    long: /^(?:fail|fail-with-body|fail-early|silent|show-error|location|output|output-dir|create-dirs|remote-name|remote-name-all|remote-time|url|insecure|verbose|progress-bar|no-progress-meter|retry.*|connect-timeout|max-time|max-redirs|speed-limit|speed-time|limit-rate|proto|proto-redir|tlsv1(?:\.[0-3])?|ssl-reqd|http[12](?:\.[01])?|ipv[46]|no-buffer|keepalive-time)$/,
  },
  wget: {
    short: 'qOPvncNtTwS46',
    long: /^(?:quiet|output-document|directory-prefix|no-verbose|verbose|show-progress|progress|force-progress|no-check-certificate|tries|timeout|dns-timeout|connect-timeout|read-timeout|wait|waitretry|retry-connrefused|retry-on-http-error|retry-on-host-error|https-only|secure-protocol|no-clobber|timestamping|no-hsts|no-cookies|no-cache|no-netrc|inet[46]-only|server-response|limit-rate|max-redirect)$/,
  },
};
const HARMLESS_PARAMETER =
  /^(?:uri|outf(?:ile)?|useb(?:asicparsing)?|sou?r?c?e?|des?t?i?n?a?t?i?o?n?|timeoutsec|maximumretrycount|retryintervalsec|passthru|skipcertificatecheck|sslprotocol|verbose|erroraction|ea|displayname|description|priority)$/;

/** Returns the first option with which a server may answer something else than it answers us: a header, a user, a body. */
function oddOption(command: ShellCommand): string | undefined {
  const { name, language } = command;
  if (language === 'powershell' && name !== 'curl' && name !== 'certutil') {
    return cmdletArguments(command).parameters.find((parameter) => !HARMLESS_PARAMETER.test(parameter.name))?.word.value;
  }
  const harmless = HARMLESS[name === 'wget2' ? 'wget' : name];
  if (harmless === undefined) return name === 'certutil' || name === 'bitsadmin' ? undefined : name;
  const odd = optionsOf(command).options.find((option) => (option.isLong ? !harmless.long.test(option.name) : !harmless.short.includes(option.name)));
  return odd === undefined ? undefined : `${name} ${odd.isLong ? '--' : '-'}${odd.name}`;
}
