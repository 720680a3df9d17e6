import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellSubstitution } from '../../syntax/shell/command.ts';
import { isShell } from '../../syntax/shell/interpreters.ts';
import { CHECKSUM_PLACEHOLDER, checksumTemplate, savedTo } from '../queries/checksum-edits.ts';
import { nameWord, upstream } from '../queries/commands.ts';
import { downloadLookUp } from '../queries/download-source.ts';
import { decodesToOutput, downloadsToOutput, programFromDownload, runsItsInput } from '../queries/downloads.ts';
import { fixWith, replaceRange, textAt } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5001',
  slug: 'download-piped-to-interpreter',
  title: 'Download run without a look at it',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'What curl, wget and the like download, or base64 decodes, given to a shell, Python, Perl, Node.js and others as the program: by a pipe, `sh -c "$(…)"`, `eval`, `bash <(…)`, `source <(…)`, a here-string. Pipes into tar, gpg or jq, and into programs given elsewhere (`python -c`, a script file), are not reported.',
    why: "Whoever controls the server, its name or the path to it runs code as the build's user, in the image and with the build's secrets, and can serve something else to a build than to a browser. Not even a broken-off transfer is noticed.",
    fix: 'Download to a file, check its checksum or signature against a value in the Dockerfile, then run it; or install the package from a signed repository.',
    bad: [
      'FROM alpine:3.20\nRUN curl -fsSL https://example.com/install.sh | sh\n',
      'FROM alpine:3.20\nRUN wget -qO- https://example.com/install.sh | tee log | sudo -E bash -s -- -y\n',
      'FROM alpine:3.20\nRUN bash <(curl -s https://example.com/install.sh) --yes\n',
      'FROM alpine:3.20\nRUN sh -c "$(curl -fsSL https://example.com/install.sh)"\n',
      'FROM python:3.13\nRUN set -e; curl -sSL https://example.com/install.py | python3 -\n',
      'FROM alpine:3.20\nRUN S=$(wget -O - https://example.com/a) && eval "$S"\n',
      'FROM alpine:3.20\nRUN echo ZWNobyBoaQo= | base64 -d | sh\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN curl -fsSL https://example.com/a.tgz | tar -xz -C /opt\n',
      'FROM alpine:3.20\nRUN curl -fsSL https://example.com/a.sh -o /a.sh && echo "abc  /a.sh" | sha256sum -c - && sh /a.sh\n',
      'FROM alpine:3.20\nRUN curl -fsSL https://example.com/a.json | python3 -c "import json,sys; print(json.load(sys.stdin))"\n',
      'FROM alpine:3.20\nRUN echo "curl https://example.com | sh" > README && cat README | sh -c "wc -l"\n',
      'FROM alpine:3.20\nRUN V="$(curl -s https://example.com/version)" && sh -c "echo $V" && curl -s https://example.com/k.asc | gpg --dearmor -o /k.gpg\n',
    ],
    references: [
      'https://www.idontplaydarts.com/2016/04/detecting-curl-pipe-bash-server-side/',
      'https://docs.docker.com/build/building/best-practices/',
    ],
  },
  *check(model) {
    for (const command of model.commands()) {
      const name = nameWord(command);
      if (name === undefined) continue;
      const substitution = programFromDownload(command);
      if (substitution !== undefined) {
        const [download] = substitution.commands;
        const lookUp = download === undefined ? undefined : downloadLookUp(CHECKSUM_PLACEHOLDER, download);
        const fixes = fixWith('suggested', 'Download, check, then run', unfoldSubstitution(model, command, substitution), lookUp);
        yield { message: `What is downloaded here is run by ${label(command)} without a check`, range: substitution.range, fixes };
      }
      if (command.places.length === 0 || !runsItsInput(command)) continue;
      const feeders = upstream(command);
      const download = feeders.find((feeder) => downloadsToOutput(feeder));
      if (download !== undefined) {
        const lookUp = downloadLookUp(CHECKSUM_PLACEHOLDER, download);
        const fixes = fixWith('suggested', 'Download, check, then run', unfoldPipe(model, download, command), lookUp);
        yield { message: `${label(command)} runs what ${download.name} downloads, without a check`, range: name.range, fixes };
      } else if (feeders.some(decodesToOutput)) {
        yield { message: `${label(command)} runs decoded text that nobody can review`, range: name.range };
      }
    }
  },
};

function label(command: ShellCommand): string {
  return command.name.length > 0 && command.name.length < 40 && !/[$`]/.test(command.name) ? command.name : 'the shell';
}

const FILE = '/tmp/downloaded-script';
const CHECK = checksumTemplate(FILE);

/** `curl URL | sudo sh -s -- x` becomes `curl URL -o FILE && CHECK && sudo sh FILE x`. */
function unfoldPipe(model: DockerfileModel, download: ShellCommand, command: ShellCommand): readonly TextEdit[] | undefined {
  const place = command.places.at(-1);
  const outermost = command.wrapper === undefined ? command : outermostWrapper(command);
  const isPlain = place?.pipeline.stages.length === 2 && place.pipeline.stages[0]?.length === 1 && outermost.places.length === 1;
  const last = command.words.at(-1);
  if (!isPlain || command.embedded || command.language !== 'sh' || last === undefined || command.redirects.length > 0) return undefined;
  const saved = savedTo(model, download, FILE);
  const head = command.words[0];
  if (saved === undefined || head === undefined) return undefined;
  const rest = command.args.filter(({ value }) => !/^(?:-|-s|--|\/dev\/stdin)$/.test(value)).map((word) => ` ${word.text}`);
  const lead = textAt(model, { start: outermost.range.start, end: head.range.end });
  if (lead.includes('\n') || command.args.some(({ text }) => text.includes('\n'))) return undefined;
  const options = rest.filter((text) => isShell(command.name) && /^ -[a-z]+$/.test(text) && !command.args.some(({ value }) => value === '-s'));
  const operands = rest.filter((text) => !options.includes(text));
  const newText = `${saved} && ${CHECK} && ${lead}${options.join('')} ${FILE}${operands.join('')}`;
  return [replaceRange({ start: download.range.start, end: last.range.end }, newText)];
}

function outermostWrapper(command: ShellCommand): ShellCommand {
  let outer = command;
  while (outer.wrapper !== undefined) outer = outer.wrapper;
  return outer;
}

/** `bash <(curl URL) x` becomes `curl URL -o FILE && CHECK && bash FILE x`. */
function unfoldSubstitution(model: DockerfileModel, command: ShellCommand, substitution: ShellSubstitution): readonly TextEdit[] | undefined {
  const [download] = substitution.commands;
  const isPlain = substitution.commands.length === 1 && download?.within === substitution && command.redirects.length === 0;
  const holder = command.words.findIndex((word) => word.substitutions.includes(substitution));
  const word = command.words[holder];
  if (!isPlain || command.embedded || command.wrapper !== undefined || command.assignments.length > 0 || word?.substitutions.length !== 1)
    return undefined;
  if (textAt(model, command.range).includes('\n') || !/^"?(?:\$\(|`|<\()[^]*[)`]"?$/.test(word.text)) return undefined;
  const saved = savedTo(model, download, FILE);
  if (saved === undefined) return undefined;
  const program = isShell(command.name) || /^(?:source|\.)$/.test(command.name) ? (command.words[0]?.text ?? 'sh') : 'sh';
  const rest = command.words.slice(Math.max(holder + 1, 1)).map(({ text }) => ` ${text}`);
  return [replaceRange(command.range, `${saved} && ${CHECK} && ${program} ${FILE}${rest.join('')}`)];
}
