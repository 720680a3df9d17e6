import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../../../../src/dockerfile/syntax/parse.ts';
import type { ShellCommand } from '../../../../../src/dockerfile/syntax/shell/command.ts';
import { offsetAt } from '../../../../../src/dockerfile/syntax/text-document.ts';

/** Each command as its words; a word whose place holds something else than its value is written value@place. */
function commandsOf(text: string): readonly string[] {
  const model = parseDockerfile(text);
  return model.commands().map((command) =>
    command.words
      .map(({ value, range }) => {
        const place = text.slice(offsetAt(model.document, range.start), offsetAt(model.document, range.end));
        return place === value ? value : `${value}@${place}`;
      })
      .join(' '),
  );
}

function run(script: string): readonly string[] {
  return commandsOf(`FROM a\nRUN ${script}\n`);
}

function named(text: string, name: string): ShellCommand {
  const found = parseDockerfile(text)
    .commands()
    .find((command) => command.name === name);
  assert.ok(found, `no ${name}`);
  return found;
}

test('lists, groups, subshells, loops, functions and conditions are seen through', () => {
  assert.deepEqual(
    run(
      'a && b || c; (d; { e; }) & if f; then g; elif h; then i; else j; fi; for k in 1; do l; done; while m; do n; done; o() { p; }; case q in r) s;; esac',
    ),
    ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'l', 'm', 'n', 'p', 's'],
  );
});

test('substitutions come before the command that uses them', () => {
  assert.deepEqual(run('a $(b) `c` <(d) "${E:-$(f)}" $((1 + $(g)))'), [
    'b',
    'c',
    'd',
    'f',
    'g',
    'a $(b) `c` <(d) ${E:-$(f)}@"${E:-$(f)}" $((1 + $(g)))',
  ]);
});

test('wrappers are commands, and so is what they start', () => {
  assert.deepEqual(run('sudo -u b env -i C=d timeout -k 1 5 nice -n 3 e f').slice(-1), ['e f']);
  assert.deepEqual(run('command -v a'), ['command -v a']);
  assert.deepEqual(run("xargs -I{} sh -c 'a {}'").slice(-1), ['a {}']);
  assert.deepEqual(run('find . -name x -exec a {} \\; -exec b +').slice(1), ['a {}', 'b']);
  assert.deepEqual(run('su - u -c "a b"').slice(1), ['a b']);
  assert.deepEqual(run('python3 -m pip install a').slice(1), ['pip install a']);
});

test('scripts in strings are read with their places', () => {
  assert.deepEqual(run('bash -exc "a \'b c\'; d"').slice(1), ["a b c@'b c'", 'd']);
  assert.deepEqual(run('["sh", "-c", "a \\"b\\""]').slice(1), ['a b@\\"b\\"']);
  assert.deepEqual(run('eval a b').slice(1), ['a b']);
});

test('variables with known values are put in, and split when not quoted', () => {
  assert.deepEqual(commandsOf('FROM a\nARG F="-k -s"\nRUN b $F "$F" $G\n'), ['b -k@$F -s@$F -k -s@"$F" $G']);
  assert.deepEqual(run('X=1; a $X; X=$(b); a $X; export Y=2; a ${Y} ${Z:-3}').slice(1), [
    'a 1@$X',
    'b',
    '',
    'a $X',
    'export Y=2',
    'a 2@${Y} 3@${Z:-3}',
  ]);
});

test('words through continuations, comments and escapes', () => {
  assert.deepEqual(commandsOf('FROM a\nRUN b \\\n  # c\n  d\\\ne \\\n && f\n'), ['b de@d\\\ne', 'f']);
  assert.deepEqual(run('a \\-k b\\ c "d\\"e" $\'f\\n\''), ['a -k@\\-k b c@b\\ c d"e@"d\\"e" f\n@$\'f\\n\'']);
});

test('pipelines know what feeds what', () => {
  const command = named('FROM a\nRUN x; (a | b) | sudo c | d\n', 'c');
  assert.equal(command.wrapper?.name, 'sudo');
  assert.deepEqual(
    command.places.map(({ pipeline, stage }) => [stage, pipeline.stages.map((stages) => stages.map(({ name }) => name))]),
    [[1, [['a', 'b'], ['sudo', 'c'], ['d']]]],
  );
  const inner = named('FROM a\nRUN (a | b) | c\n', 'a');
  assert.equal(inner.places.length, 2);
});

test('here-documents: the script of RUN, of a shell, of cat piped into one; not of another interpreter', () => {
  assert.deepEqual(commandsOf('FROM a\nRUN <<E\nb c\nE\n'), ['b c']);
  assert.deepEqual(commandsOf('FROM a\nRUN <<E\n#!/usr/bin/env -S bash -e\nb\nE\n'), ['b']);
  assert.deepEqual(commandsOf('FROM a\nRUN <<E\n#!/usr/bin/python3\nb\nE\n'), []);
  assert.deepEqual(commandsOf('FROM a\nRUN bash -e <<E && f\nb\nE\n'), ['bash -e', 'b', 'f']);
  assert.deepEqual(commandsOf('FROM a\nRUN cat <<E | sudo sh\nb\nE\n'), ['cat', 'sudo sh', 'sh', 'b']);
  assert.deepEqual(commandsOf('FROM a\nRUN cat <<E > f\nb\nE\n'), ['cat']);
});

test('SHELL and the base image choose the language', () => {
  const windows = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022 AS w\n';
  assert.equal(named(`${windows}RUN a\n`, 'a').language, 'cmd');
  assert.equal(named(`${windows}SHELL ["powershell", "-Command"]\nFROM w\nRUN a\n`, 'a').language, 'powershell');
  assert.equal(named('FROM a\nRUN a\n', 'a').language, 'sh');
  assert.equal(named('FROM a\nRUN ["/bin/a"]\n', 'a').language, 'exec');
  assert.deepEqual(commandsOf('FROM a\nSHELL ["python3", "-c"]\nRUN import os; os.system("a")\n'), []);
});

test('PowerShell: pipelines, brackets, blocks, strings, assignments, calls', () => {
  const powershell = (script: string): readonly string[] => commandsOf(`FROM a\nSHELL ["pwsh", "-Command"]\nRUN ${script}\n`);
  assert.deepEqual(powershell('A-B -C "d e" | F; G'), ['A-B -C d e@"d e"', 'F', 'G']);
  assert.deepEqual(powershell('$x = "u"; A $x "$x/y" $z'), ['u@"u"', '', 'A u@$x u/y@"$x/y" $z']);
  assert.deepEqual(powershell("& 'a b' c; if (D) { E } else { F }"), ["a b@'a b' c", 'D', 'E', 'F', 'if (D) { E } else { F }']);
  assert.deepEqual(powershell('A "x $(B "c") y"'), ['B c@"c"', 'A x $(B "c") y@"x $(B "c") y"']);
  assert.deepEqual(powershell('cmd /c "a & b"').slice(1), ['a', 'b']);
});

test('cmd: separators, quotes, carets, variables', () => {
  const cmd = (script: string): readonly string[] => commandsOf(`FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nRUN ${script}\n`);
  assert.deepEqual(cmd('a "b & c" ^& d & e | f && (g)'), ['a b & c@"b & c" &@^& d', 'e', 'f', 'g']);
  assert.deepEqual(cmd('set X=1&& a %X% %Y%'), ['set X=1', 'a 1@%X% %Y%']);
  assert.deepEqual(cmd('powershell -NoProfile -Command "A \\"b c\\" | D"').slice(1), ['A b c@"b c\\"', 'D']);
});

test('CMD, ENTRYPOINT and HEALTHCHECK run commands too', () => {
  assert.deepEqual(commandsOf('FROM a\nHEALTHCHECK --interval=5s CMD ["b", "c"]\nHEALTHCHECK NONE\nENTRYPOINT d e\nCMD ["f"]\nONBUILD RUN g\n'), [
    'b c',
    'd e',
    'f',
    'g',
  ]);
});

const windows = (script: string): readonly string[] =>
  commandsOf(`# escape=\`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN ${script}\n`);
const windowsCmd = (script: string): readonly string[] => commandsOf(`FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN ${script}\n`);

test('Start-Process, start and call start what they name', () => {
  assert.deepEqual(windows("Start-Process -Wait a.exe '/b c'").slice(1), ['a.exe /b c']);
  assert.deepEqual(windows("Start-Process -FilePath a -WorkingDirectory b -ArgumentList '/c', 'd' -NoNewWindow").slice(1), ['a /c d']);
  assert.deepEqual(windows("saps a -Args @('/b','c') -PassThru").at(-1), 'a /b c');
  assert.deepEqual(windows('Start-Process -Wait').slice(1), []);
  assert.deepEqual(
    windowsCmd('start "" /wait /d x a.exe /b && call c d').filter((command) => /^[ac]/.test(command)),
    ['a.exe /b', 'call c d', 'c d'],
  );
});

test('PowerShell: & calls a program whose name is quoted or in a variable', () => {
  const model = parseDockerfile('FROM a\nSHELL ["pwsh"]\nRUN & "C:\\b c\\d.exe" e; &f; & $env:X\\g.exe; "h"; . ./i.ps1\n');
  assert.deepEqual(
    model.commands().map(({ name }) => name),
    ['d', 'f', 'g', '', 'i.ps1'],
  );
});

test('PowerShell: an encoded command is read, in the place of its base64', () => {
  const encoded = Buffer.from('iex (irm a)', 'utf16le').toString('base64');
  assert.deepEqual(run(`pwsh -NoProfile -enc ${encoded}`).slice(1), [`irm@${encoded} a@${encoded}`, `iex@${encoded} (irm a)@${encoded}`]);
  assert.deepEqual(run('pwsh -e notbase64! && pwsh -e && pwsh -ec AAA').length, 3);
});

test('cmd: brackets inside a word belong to it', () => {
  assert.deepEqual(windowsCmd('icacls a /grant Everyone:(OI)(CI)F /T && (echo b) & if exist c (del c)'), [
    'icacls a /grant Everyone:(OI)(CI)F /T',
    'echo b',
    'if exist c',
    'del c',
  ]);
});
