import type { TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, Instruction } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, nameWord, upstream } from './commands.ts';
import { fileWrites, textsOf } from './file-writes.ts';
import { Memo } from './memo.ts';

/** A file from which something is started without CMD or ENTRYPOINT: by cron, at login, at boot, in every process. */
export interface StartupWrite {
  readonly kind: 'cron' | 'login' | 'boot' | 'preload';
  /** For a message: "This cron job". */
  readonly what: string;
  readonly range: TextRange;
  readonly instruction: Instruction;
  readonly command: ShellCommand | undefined;
  /** What `command` writes comes out of its pipeline. */
  readonly fed: boolean;
  /** It starts what an honest image has no reason to start there. */
  readonly suspicious: boolean;
}

const memo = new Memo<readonly StartupWrite[]>();

/** Returns the writes of RUN, COPY and ADD to files from which something is started, crontab included. */
export function startupWrites(model: DockerfileModel): readonly StartupWrite[] {
  return memo.of(model, () => (QUICK.test(model.text) ? [...startupFiles(model), ...crontabs(model)] : []));
}

const QUICK = /cron|profile|bash|zsh|rc\.local|init|ld\.so\.preload/;

const KINDS: readonly (readonly [kind: StartupWrite['kind'], what: string, path: RegExp])[] = [
  ['cron', 'This cron job', /^\/etc\/(?:crontab$|crontabs(?:\/|$)|cron\.(?:d|hourly|daily|weekly|monthly)(?:\/|$))|^\/var\/spool\/cron(?:\/|$)/],
  ['preload', 'This file', /^\/etc\/ld\.so\.preload$/],
  ['boot', 'This init script', /^\/etc\/(?:rc\.local|rc\.d\/rc\.local)$/],
  [
    'login',
    'This login script',
    /^\/etc\/(?:profile|bash\.bashrc|bashrc|zshrc|profile\.d\/.{1,200})$|(?:^|\/)\.(?:bashrc|bash_profile|bash_login|bash_logout|profile|zshrc|zprofile)$/,
  ],
  ['boot', 'This init script', /^\/etc\/(?:init\.d\/.{1,200}|inittab|systemd\/system\/.{1,200})$/],
];

function startupFiles(model: DockerfileModel): readonly StartupWrite[] {
  return fileWrites(model).flatMap(({ path, pathRange: range, instruction, command, texts }) => {
    const found = KINDS.find(([, , pattern]) => pattern.test(path));
    if (found === undefined || (instruction.keyword !== 'RUN' && command !== undefined)) return [];
    const [kind, what] = found;
    const isAlways = kind === 'preload' || /rc\.local$/.test(path);
    const suspicious = isAlways || texts.some(({ text }) => isSuspicious(text, kind));
    return [{ kind, what, range, instruction, command, fed: command?.name === 'tee', suspicious }];
  });
}

/** `crontab FILE`, `… | crontab -`. */
function crontabs(model: DockerfileModel): readonly StartupWrite[] {
  return commandsNamed(model, 'crontab').flatMap((command) => {
    const name = nameWord(command);
    const installs = command.args.length > 0 && !command.args.some(({ value }) => /^-[a-z]*[lre]/.test(value));
    if (name === undefined || !installs || command.instruction.keyword !== 'RUN') return [];
    const texts = [command, ...upstream(command)].flatMap(textsOf);
    const suspicious = texts.some(({ text }) => isSuspicious(text, 'cron'));
    return [{ kind: 'cron' as const, what: 'This cron job', range: name.range, instruction: command.instruction, command, fed: true, suspicious }];
  });
}

const SUSPICIOUS =
  /\b(?:curl|wget|fetch)\b[^|\n]{0,300}\|[^|\n]{0,40}\b(?:(?:ba|da|z|k|a)?sh|python[\d.]*|perl)\b|(?:\$\(|`|<\()\s{0,5}(?:curl|wget)\b|\/dev\/(?:tcp|udp)\/|\bn(?:c|cat|etcat)\s[^|;&\n]{0,80}-[a-z]{0,4}e\b|\bbase64\s+(?:-d|-D|--decode)|@reboot|stratum\+|\bsocat\b/;
const HIDDEN_PROGRAM = /(?:^|[\s;&|"'])\/(?:tmp|var\/tmp|dev\/shm)\/[^\s/]/;
const BACKGROUND = /\b(?:nohup|setsid|disown)\b|(?<![&>])&\s*(?:disown\s*)?(?:["']|$)/m;
/** Longest text of a file that is looked through. */
const MAX_TEXT = 65_536;

function isSuspicious(written: string, kind: StartupWrite['kind']): boolean {
  const text = written.slice(0, MAX_TEXT);
  if (SUSPICIOUS.test(text)) return true;
  // cron runs in the background anyway; a login script mentions /tmp for other reasons.
  return kind === 'cron' ? HIDDEN_PROGRAM.test(text) : kind === 'login' && BACKGROUND.test(text);
}
