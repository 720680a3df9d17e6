import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { offsetAt, positionAt } from '../../syntax/text-document.ts';
import { findFlags } from './commands.ts';
import { insertAt, replaceRange, textAt } from './edits.ts';
import { isPlainName } from './shell-paths.ts';

/** Stands where the checksum of a file goes. */
export const CHECKSUM_PLACEHOLDER = 'REPLACE_WITH_SHA256';

/** Returns the shell command, to be filled in, that breaks off when `file` is not what it should be. */
export function checksumTemplate(file: string): string {
  return `echo "${CHECKSUM_PLACEHOLDER}  ${file}" | sha256sum -c -`;
}

/** Returns the edit that checks `file` right behind the command that downloads it; undefined where text cannot be put in. */
export function insertCheck(model: DockerfileModel, download: ShellCommand, file: string): readonly TextEdit[] | undefined {
  if (download.embedded || download.language !== 'sh' || download.within !== undefined || download.places.length > 1 || !isPlainName(file))
    return undefined;
  if (download.instruction.keyword !== 'RUN') return undefined;
  const start = offsetAt(model.document, download.range.start);
  if (/(?:^|[\s;&|(])(?:!|if|elif|while|until)\s{1,9}$/.test(model.text.slice(Math.max(0, start - LOOK_BACK), start))) return undefined;
  const members = [download, ...(download.places[0]?.pipeline.stages.flat() ?? [])];
  const end = Math.max(...members.map(({ range }) => offsetAt(model.document, range.end)));
  // What would be put in front of `|| wget …` would end before it.
  if (/^(?:\s|[\\`]\r?\n)*\|\|/.test(model.text.slice(end, end + LOOK_AHEAD))) return undefined;
  const guard = continuesOnSuccess(model, download, end) ? '' : ' || exit 1';
  return [insertAt(positionAt(model.document, end), ` && ${checksumTemplate(file)}${guard}`)];
}

/** True when what follows is run only if all before it went well: `&&`, or nothing follows. */
function continuesOnSuccess(model: DockerfileModel, { instruction }: ShellCommand, end: number): boolean {
  const rest = model.text.slice(end, offsetAt(model.document, instruction.range.end));
  if (instruction.heredocs.length > 0) return /^[ \t]*&&/.test(rest);
  return /^(?:\s|[\\`]\r?\n|#[^\n]*\n)*(?:&&|$)/.test(rest.slice(0, LOOK_AHEAD));
}

const LOOK_AHEAD = 500;
const LOOK_BACK = 40;

/** Returns `curl URL` or `wget -O- URL` with `file` as its output; undefined when it spans lines, which the new text would not keep. */
export function savedTo(model: DockerfileModel, download: ShellCommand, file: string): string | undefined {
  const text = textAt(model, download.range);
  if (text.includes('\n') || download.embedded || download.redirects.length > 0) return undefined;
  if (download.name === 'curl') return findFlags(download, { short: 'o', long: 'output' }).length > 0 ? undefined : `${text} -o ${file}`;
  if (!/^wget2?$/.test(download.name)) return undefined;
  const [option] = findFlags(download, { short: 'O', long: 'output-document' });
  const word = option?.valueWord;
  if (option === undefined || word?.written !== true || word.text !== word.value) return undefined;
  const before = textAt(model, { start: download.range.start, end: word.range.start });
  const after = textAt(model, { start: word.range.end, end: download.range.end });
  return `${before}${word.text.slice(0, option.valueOffset)}${file}${after}`;
}

const ARCHIVE = '/tmp/downloaded-archive';

/** `curl URL | tar xz -C D` becomes `curl URL -o FILE && CHECK && tar xz -C D -f FILE`. */
export function unfoldUnpacking(model: DockerfileModel, download: ShellCommand, unpacker: ShellCommand): readonly TextEdit[] | undefined {
  const [place] = unpacker.places;
  const isPlain =
    unpacker.places.length === 1 && place?.pipeline.stages.length === 2 && place.pipeline.stages[0]?.length === 1 && download.places.length === 1;
  const saved = savedTo(model, download, ARCHIVE);
  if (!isPlain || saved === undefined || !/^(?:bsd|g)?tar$/.test(unpacker.name) || unpacker.embedded || unpacker.redirects.length > 0)
    return undefined;
  const input = unpacker.args.find(({ value }) => value === '-');
  if (input === undefined && unpacker.args.some(({ value }) => /^-?[a-zA-Z]*f|^--file/.test(value))) return undefined;
  const middle = textAt(model, { start: download.range.end, end: place.pipeline.stages[1]?.[0]?.range.start ?? unpacker.range.start });
  if (!/^\s*(?:[\\`]\r?\n\s*)?\|\s*(?:[\\`]\r?\n\s*)?$/.test(middle)) return undefined;
  const head = replaceRange(download.range, saved);
  const joint = replaceRange(
    { start: download.range.end, end: place.pipeline.stages[1]?.[0]?.range.start ?? unpacker.range.start },
    ` && ${checksumTemplate(ARCHIVE)} && `,
  );
  const file = input === undefined ? insertAt(unpacker.range.end, ` -f ${ARCHIVE}`) : replaceRange(input.range, ARCHIVE);
  return [head, joint, file];
}
