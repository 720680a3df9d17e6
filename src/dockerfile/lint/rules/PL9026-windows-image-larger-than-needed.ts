import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel, ImageName, Stage } from '../../syntax/model.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { rangeInWord } from '../queries/instructions.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL9026',
  slug: 'windows-image-larger-than-needed',
  title: 'Windows base image larger than needed',
  severity: 'negligible',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'A final stage from the full `windows` or `windows/server` image, and one from `windows/servercore` that only copies files in and starts a program, which nanoserver does too. Not reported: stages that install something, run PowerShell or use the .NET Framework.',
    why: 'The full image is several gigabytes of services and libraries that the program does not use, each of which has flaws of its own to be patched.',
    fix: 'Take servercore instead of the full image, and nanoserver for programs of .NET, Node.js, Go and the like; test that all that the program loads is there.',
    bad: [
      'FROM mcr.microsoft.com/windows:ltsc2019\nCOPY app C:/app\n',
      'FROM mcr.microsoft.com/windows/server:ltsc2022\nRUN setup.exe /q\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nCOPY app C:/app\nUSER ContainerUser\nCMD ["C:\\\\app\\\\app.exe"]\n',
    ],
    good: [
      'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY app C:/app\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN msiexec /i a.msi /qn\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS build\nCOPY . .\nFROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCOPY --from=build /app /app\n',
    ],
    references: ['https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-base-images'],
  },
  *check(model) {
    const stage = model.finalStage;
    const image = stage?.image;
    if (stage === undefined || image?.kind !== 'image' || image.registry !== 'mcr.microsoft.com') return;
    const isFull = image.repository === 'windows' || image.repository === 'windows/server';
    if (!isFull && !(image.repository === 'windows/servercore' && onlyCopies(model, stage))) return;
    const smaller = isFull ? 'servercore' : 'nanoserver';
    yield {
      message: `${image.repository} holds far more than ${smaller}, and each part has flaws of its own`,
      range: repositoryRange(model, image) ?? image.word.range,
      fixes: fixWith('suggested', `Try ${smaller}`, useSmaller(model, image, smaller)),
    };
  },
};

const HARMLESS: ReadonlySet<string> = new Set([
  'mkdir',
  'md',
  'copy',
  'xcopy',
  'move',
  'del',
  'rd',
  'rmdir',
  'setx',
  'set',
  'echo',
  'cd',
  'icacls',
  'tar',
  'curl',
]);

/** Nothing in the stage, whose program is a file that it copies, needs more than nanoserver has. */
function onlyCopies(model: DockerfileModel, { instructions }: Stage): boolean {
  const hasCopy = instructions.some(({ keyword }) => keyword === 'COPY');
  const starts = instructions.some(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
  const isPlain = instructions.every((instruction) => {
    if (instruction.keyword === 'SHELL' || instruction.onbuild) return false;
    const commands = model.commandsOf(instruction);
    if (instruction.keyword === 'RUN') return commands.length > 0 && commands.every(({ name }) => HARMLESS.has(name));
    return commands.every(({ name }) => !/^(?:powershell|wscript|cscript|msiexec|servicemonitor)$/.test(name));
  });
  return hasCopy && starts && isPlain;
}

function repositoryRange(model: DockerfileModel, { word, repository, registry }: ImageName): TextRange | undefined {
  const path = `${registry ?? ''}/${repository}`;
  return word.text.startsWith(path) ? rangeInWord(model, word, path.length - repository.length, path.length) : undefined;
}

function useSmaller(model: DockerfileModel, image: ImageName, smaller: string): readonly TextEdit[] | undefined {
  const range = repositoryRange(model, image);
  return range === undefined || image.digest !== undefined ? undefined : [replaceRange(range, `windows/${smaller}`)];
}
