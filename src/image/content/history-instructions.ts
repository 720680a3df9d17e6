import type { HistoryEntry } from '../../foundation/model/image.ts';

/** One instruction as a Dockerfile would have it. */
export interface HistoryInstruction {
  /** Index into config.history. */
  readonly historyIndex: number;
  /** Without a line end behind it; more than one line only for a RUN with a heredoc. */
  readonly text: string;
  /** True for a SHELL that no history entry states, put in because the next RUN was started by another shell. */
  readonly implied?: true;
}

/** Longest command that is looked at; a RUN with a whole program in a heredoc has some ten KiB. */
const MAX_CREATED_BY = 256 * 1024;

/** How `docker history` starts a command, and the SHELL that does it. The longest that fits is taken. */
const shells: readonly (readonly [prefix: string, words: readonly string[]])[] = [
  ['/bin/sh -c ', ['/bin/sh', '-c']],
  ['/bin/bash -o pipefail -c ', ['/bin/bash', '-o', 'pipefail', '-c']],
  ['/bin/bash -eo pipefail -c ', ['/bin/bash', '-eo', 'pipefail', '-c']],
  ['/bin/bash -euo pipefail -c ', ['/bin/bash', '-euo', 'pipefail', '-c']],
  ['/bin/bash -exo pipefail -c ', ['/bin/bash', '-exo', 'pipefail', '-c']],
  ['/bin/bash -l -c ', ['/bin/bash', '-l', '-c']],
  ['/bin/bash --login -c ', ['/bin/bash', '--login', '-c']],
  ['/bin/bash -lc ', ['/bin/bash', '-lc']],
  ['/bin/bash -c ', ['/bin/bash', '-c']],
  ['/bin/ash -eo pipefail -c ', ['/bin/ash', '-eo', 'pipefail', '-c']],
  ['/bin/ash -o pipefail -c ', ['/bin/ash', '-o', 'pipefail', '-c']],
  ['/bin/ash -c ', ['/bin/ash', '-c']],
  ['/bin/zsh -c ', ['/bin/zsh', '-c']],
  ['bash -c ', ['bash', '-c']],
  ['sh -c ', ['sh', '-c']],
  ['cmd /S /C ', ['cmd', '/S', '/C']],
  ['cmd /s /c ', ['cmd', '/S', '/C']],
  ['powershell -NoLogo -Command ', ['powershell', '-NoLogo', '-Command']],
  ['powershell -NoProfile -Command ', ['powershell', '-NoProfile', '-Command']],
  ['powershell.exe -Command ', ['powershell', '-Command']],
  ['powershell -Command ', ['powershell', '-Command']],
  ['powershell -command ', ['powershell', '-Command']],
  ['pwsh -Command ', ['pwsh', '-Command']],
  ['pwsh -NoProfile -Command ', ['pwsh', '-NoProfile', '-Command']],
];

const keywords = /^(ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)(?:\s|$)/;

/**
 * Returns the instructions that a build recorded, in order. Understands the classic builder (`/bin/sh -c #(nop)  ENV A=b`, `|1 V=1 /bin/sh -c make`), BuildKit (`RUN |1 V=1 /bin/sh -c make # buildkit`),
 * buildah, kaniko and Windows (`cmd /S /C`, `powershell -Command`). Entries of other tools, which do not say what they ran, are left out. What the builders do not record (flags, quotes, the source of a COPY) stays lost.
 * Every text is one complete instruction: nothing in it reaches into the next, whatever an image's history was made to hold.
 */
export function toInstructions(history: readonly HistoryEntry[]): readonly HistoryInstruction[] {
  const instructions: HistoryInstruction[] = [];
  let shell = '';
  for (const [historyIndex, { createdBy }] of history.entries()) {
    if (createdBy === undefined || createdBy.length > MAX_CREATED_BY) continue;
    const parsed = parseCreatedBy(createdBy.trim());
    if (parsed === undefined) continue;
    if (parsed.kind === 'instruction') {
      const text = toText(parsed.keyword, parsed.rest);
      if (text === undefined) continue;
      if (parsed.keyword === 'SHELL') shell = text;
      instructions.push({ historyIndex, text });
      continue;
    }
    // A RUN in exec form is started by no shell; its words have lost their quotes, and a shell's reading of them is the nearest there is.
    const needed = `SHELL ${JSON.stringify(parsed.shell ?? ['/bin/sh', '-c'])}`;
    if (needed !== (shell === '' ? 'SHELL ["/bin/sh","-c"]' : shell)) {
      instructions.push({ historyIndex, text: needed, implied: true });
      shell = needed;
    }
    instructions.push({ historyIndex, text: toRun(parsed.command) });
  }
  return instructions;
}

type Recorded =
  | { readonly kind: 'instruction'; readonly keyword: string; readonly rest: string }
  | { readonly kind: 'run'; readonly shell?: readonly string[]; readonly command: string };

function parseCreatedBy(createdBy: string): Recorded | undefined {
  const nop = /^(?:\/bin\/sh -c|cmd \/S \/C|powershell -Command|\/bin\/bash -c)\s+#\(nop\)\s*/i.exec(createdBy);
  if (nop !== null) return parseInstruction(createdBy.slice(nop[0].length));
  const text = createdBy.replace(/\s*# buildkit$/, '');
  return parseInstruction(text) ?? parseRun(text);
}

function parseInstruction(text: string): Recorded | undefined {
  const keyword = keywords.exec(text)?.[1];
  if (keyword === undefined) return undefined;
  const rest = text.slice(keyword.length).trim();
  if (keyword !== 'RUN') return rest === '' ? undefined : { kind: 'instruction', keyword, rest };
  return parseRun(rest) ?? (rest === '' ? undefined : { kind: 'run', command: rest });
}

/** `|2 A=1 B=2 /bin/sh -c make`, `/bin/sh -c make`. Undefined when nothing shows that it was a command: a builder's or a person's note. */
function parseRun(text: string): Recorded | undefined {
  const rest = skipBuildArgs(text);
  const shell = shells.filter(([prefix]) => rest.startsWith(prefix)).toSorted((a, b) => b[0].length - a[0].length)[0];
  if (shell !== undefined) return toCommand(rest.slice(shell[0].length), shell[1]);
  return rest === text ? undefined : toCommand(rest);
}

function toCommand(command: string, shell?: readonly string[]): Recorded | undefined {
  const trimmed = command.trim();
  if (trimmed === '') return undefined;
  return { kind: 'run', command: trimmed, ...(shell === undefined ? {} : { shell }) };
}

/** Build arguments are recorded without quotes, so a value with spaces has no end of its own: it ends where the next name, or the shell, begins. */
function skipBuildArgs(text: string): string {
  const count = /^\|(\d{1,3}) /.exec(text);
  if (count === null) return text;
  const name = /(?<=\s)[A-Za-z_][A-Za-z0-9_.-]{0,200}=/g;
  name.lastIndex = count[0].length - 1;
  for (let left = Number(count[1]); left > 0; left--) if (name.exec(text) === null) break;
  const from = name.lastIndex === 0 ? count[0].length : name.lastIndex;
  const starts = shells.map(([prefix]) => text.indexOf(` ${prefix}`, from - 1)).filter((at) => at !== -1);
  if (starts.length > 0) return text.slice(Math.min(...starts) + 1);
  const space = text.indexOf(' ', from);
  return space === -1 ? '' : text.slice(space + 1);
}

/** A heredoc keeps lines, trailing backslashes, `<<` and a leading bracket from meaning something to the Dockerfile itself. */
function toRun(command: string): string {
  if (!/[\n\r]|\\$|`$|<<|^\[|^--/.test(command)) return `RUN ${command}`;
  let delimiter = 'HISTORY';
  while (command.includes(delimiter)) delimiter += '_';
  return `RUN <<'${delimiter}'\n${command.replaceAll(/\r\n?/g, '\n')}\n${delimiter}`;
}

function toText(keyword: string, rest: string): string | undefined {
  // The rest of a line; what cannot end one is taken from its end.
  const line = rest.replaceAll(/[\r\n]+/g, ' ').replace(/[\\`\s]+$/, '');
  if (line === '' || line.includes('<<')) return undefined;
  switch (keyword) {
    case 'ENV':
    case 'LABEL':
    case 'ARG':
      return `${keyword} ${quotePairs(line)}`;
    case 'CMD':
    case 'ENTRYPOINT':
    case 'SHELL':
    case 'VOLUME':
      return `${keyword} ${toJsonForm(line)}`;
    case 'EXPOSE': {
      const ports = [...line.matchAll(/\d{1,5}(?:-\d{1,5})?(?:\/(?:tcp|udp|sctp))?/g)].map(([port]) => port);
      return ports.length === 0 ? undefined : `EXPOSE ${ports.join(' ')}`;
    }
    case 'HEALTHCHECK':
      return toHealthcheck(line);
    case 'ADD':
    case 'COPY':
      return toCopy(keyword, line);
    default:
      return `${keyword} ${line}`;
  }
}

/** `A=b c D=e` was `A="b c" D=e`: the builders record values without their quotes. */
function quotePairs(line: string): string {
  const starts = [...line.matchAll(/(?:^|\s)([A-Za-z_][A-Za-z0-9_.-]{0,200})=/g)];
  if (starts.length === 0) return line;
  return starts
    .map((match, i) => {
      const value = line.slice(match.index + match[0].length, starts[i + 1]?.index).trim();
      const bare = /^"[^"\\]*"$/.test(value) ? value.slice(1, -1) : value;
      return `${match[1] ?? ''}=${/^[\w./:@%+,=-]*$/.test(bare) ? bare : `"${bare.replaceAll(/["\\$]/g, '\\$&')}"`}`;
    })
    .join(' ');
}

/** Go prints a list as `["nginx" "-g" "daemon off;"]` or `[/bin/bash -o pipefail -c]`; a string as it is. */
function toJsonForm(line: string): string {
  if (!line.startsWith('[') || !line.endsWith(']')) return line;
  const inner = line.slice(1, -1).trim();
  const quoted = [...inner.matchAll(/"((?:[^"\\]|\\.){0,10000})"/g)].map(([text]) => parseJsonString(text));
  const words = inner.startsWith('"') ? quoted.filter((word) => word !== undefined) : inner.split(/[\s,]+/).filter((word) => word !== '');
  return JSON.stringify(words);
}

function parseJsonString(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}

/** `&{["CMD-SHELL" "curl -f http://localhost"] "30s" "3s" "0s" "0s" '\x03'}` is Go's print of the parsed check. */
function toHealthcheck(line: string): string | undefined {
  if (!line.startsWith('&{')) return /^(?:--|CMD|NONE)/.test(line) ? `HEALTHCHECK ${line}` : undefined;
  const test = /^&\{(\[.*?\]) "?/.exec(line)?.[1];
  const words = test === undefined ? [] : (JSON.parse(toJsonForm(test)) as string[]);
  const [kind, ...command] = words;
  if (kind === 'CMD-SHELL') return `HEALTHCHECK CMD ${command.join(' ').replaceAll(/[\r\n]+/g, ' ')}`;
  if (kind === 'CMD') return `HEALTHCHECK CMD ${JSON.stringify(command)}`;
  return kind === 'NONE' ? 'HEALTHCHECK NONE' : undefined;
}

/** The classic builder records the content's checksum for the source: `file:6f… in /app`. Where a file of a base image came from is not known, so that one is left out. */
function toCopy(keyword: string, line: string): string | undefined {
  const content = /^(?:--\S+ )*(?:file|dir|multi):[0-9a-f]{32,128} in (.+)$/.exec(line);
  if (content === null) return `${keyword} ${line}`;
  const target = (content[1] ?? '').trim();
  return target === '/' || target === '' ? undefined : `COPY ${target.replace(/^\/+|\/+$/g, '') || '.'} ${target}`;
}
