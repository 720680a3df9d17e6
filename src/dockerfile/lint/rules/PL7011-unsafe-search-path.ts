import { MAX_VARIABLE_LENGTH } from '../../../foundation/base/limits.ts';
import type { TextEdit } from '../../../foundation/model/text-range.ts';
import { expandVariables } from '../../syntax/docker-words.ts';
import type { Definition, DockerfileModel } from '../../syntax/model.ts';
import { fixWith, removeDefinition, replaceRange, textAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL7011',
  slug: 'unsafe-search-path',
  title: 'Programs or libraries found where others can put them',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'ENV PATH or LD_LIBRARY_PATH with an empty, relative or world-writable entry (`.`, `/tmp/bin`) before others; LD_PRELOAD and LD_AUDIT with a library in such a place, or with one that is not a known allocator or helper. An entry at the very end, behind the others, is not reported.',
    why: "Whoever can write one file into that directory, an upload or the source tree of the build for instance, has it run in place of `ls` or `sh`, or loaded into every process, root's included.",
    fix: 'Keep only absolute directories that root alone can write, the system ones first.',
    bad: [
      'FROM alpine:3.20\nENV PATH=.:$PATH\n',
      'FROM alpine:3.20\nENV A=b PATH="/tmp/bin:/usr/bin:/bin"\n',
      'FROM debian:12\nENV LD_LIBRARY_PATH=:/usr/local/lib\n',
      'FROM debian:12\nENV LD_PRELOAD=/tmp/hook.so\n',
      'FROM debian:12\nENV LD_PRELOAD /usr/lib/libprocesshider.so\n',
    ],
    good: [
      'FROM alpine:3.20\nENV PATH=/opt/app/bin:$PATH:./node_modules/.bin\n',
      'FROM debian:12\nENV LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2 LD_LIBRARY_PATH=/usr/local/lib:$LD_LIBRARY_PATH\n',
      'FROM debian:12\nARG HOME_DIR=/home/app\nENV PATH="${HOME_DIR}/.local/bin:${PATH:-/bin}"\n',
    ],
    references: ['https://cwe.mitre.org/data/definitions/426.html', 'https://man7.org/linux/man-pages/man8/ld.so.8.html'],
  },
  *check(model) {
    for (const definition of model.definitions) {
      const { kind, name, instruction, range } = definition;
      const isPreload = name === 'LD_PRELOAD' || name === 'LD_AUDIT';
      if (kind !== 'ENV' || !(isPreload || name === 'PATH' || name === 'LD_LIBRARY_PATH')) continue;
      if (model.stages[instruction.stage]?.isWindows === true) continue;
      if ((definition.value?.length ?? 0) > MAX_VARIABLE_LENGTH) continue;
      const entries = entriesOf(definition, isPreload);
      const unsafe = entries.filter((entry, index) => isUnsafe(model, definition, entry, isPreload, index === entries.length - 1));
      const [first] = unsafe;
      if (first === undefined) continue;
      const kept = entries.filter((entry) => !unsafe.includes(entry));
      yield {
        message: isPreload
          ? `${name} loads ${first} into every process`
          : `${name} is searched in ${describe(model, definition, first)} before other directories`,
        range,
        fixes: fixWith('suggested', `Take ${first === '' ? 'the empty entry' : first} out of ${name}`, keepEntries(model, definition, kept)),
      };
    }
  },
};

/** Memory allocators and helpers that images preload for good reason. */
const KNOWN_LIBRARY =
  /^lib(?:jemalloc|tcmalloc\w*|mimalloc\w*|snmalloc\w*|rpmalloc|hoard|scudo|[atu]san|gomp|iomp5|omp|stdc\+\+|gcc_s|nss_wrapper|uid_wrapper|fakeroot\w*|faketime\w*|eatmydata|udev|gtk3-nocsd|dlfaker|vglfaker|selkies\w*|gnu-?iconv|preloadable_libiconv|preloadable_libintl|musl\w*)(?:[-._]\w[\w.-]*)?\.so[\d.]*$|^preloadable_lib\w+\.so[\d.]*$/;
const WRITABLE = /^\/(?:tmp|var\/tmp|dev\/shm|run\/shm)(?:\/|$)/;

/** Longest entry that is looked at, in UTF-16 units. */
const MAX_ENTRY = 1024;

/** Splits at the separator; one inside `${X:-y}` is none. */
function entriesOf({ value = '' }: Definition, isPreload: boolean): readonly string[] {
  const parts = value.match(isPreload ? /\$\{[^}]*\}|[^: ]|[: ]/g : /\$\{[^}]*\}|[^:]|:/g) ?? [];
  const entries = [''];
  for (const part of parts) {
    if (part === ':' || (isPreload && part === ' ')) entries.push('');
    else entries.push((entries.pop() ?? '') + part);
  }
  return isPreload ? entries.filter((entry) => entry !== '') : entries;
}

function isUnsafe(model: DockerfileModel, { name, instruction, value }: Definition, entry: string, isPreload: boolean, isLast: boolean): boolean {
  // What the variable held before was judged where it was set.
  if (entry.replace(/^\$\{?/, '').split(/\W/, 1)[0] === name) return false;
  if (entry.length > MAX_ENTRY) return false;
  const path = expandVariables(entry, model.escape, (variable) => model.resolveVariable(variable, instruction)).value;
  if (isPreload) {
    const file = path.slice(path.lastIndexOf('/') + 1);
    if (path.startsWith('$') || file.includes('$')) return false;
    return WRITABLE.test(path) || (path.includes('/') && !path.startsWith('/')) || !KNOWN_LIBRARY.test(file);
  }
  if (value === '' || (isLast && value !== entry)) return false;
  return path === '' || !/^[/$~]/.test(path) || WRITABLE.test(path);
}

function describe(model: DockerfileModel, { instruction }: Definition, entry: string): string {
  const path = expandVariables(entry, model.escape, (variable) => model.resolveVariable(variable, instruction)).value;
  return path === '' || path === '.' ? 'the current directory' : path;
}

function keepEntries(model: DockerfileModel, definition: Definition, kept: readonly string[]): readonly TextEdit[] | undefined {
  const { valueRange, value } = definition;
  if (kept.length === 0) return removeDefinition(model, definition);
  if (valueRange === undefined || value === undefined) return undefined;
  const written = textAt(model, valueRange);
  if (written !== value && written !== `"${value}"`) return undefined;
  return [
    replaceRange(
      valueRange,
      written.replace(value, () => kept.join(':')),
    ),
  ];
}
