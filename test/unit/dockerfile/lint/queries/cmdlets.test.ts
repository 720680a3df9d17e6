import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cmdletArguments, findParameter, findSwitch, replaceArgument } from '../../../../../src/dockerfile/lint/queries/cmdlets.ts';
import { parseDockerfile } from '../../../../../src/dockerfile/syntax/parse.ts';
import type { ShellCommand } from '../../../../../src/dockerfile/syntax/shell/command.ts';

function only(script: string): ShellCommand {
  const [command] = parseDockerfile(`FROM a\nSHELL ["pwsh"]\nRUN ${script}\n`).commands();
  assert.ok(command);
  return command;
}

test('arguments: by name, by name and colon, by place, switches', () => {
  const { parameters, operands } = cmdletArguments(only("a b -Force c -Name 'd e' -Value:f -Path -Last"), ['force']);
  assert.deepEqual(
    parameters.map(({ name, value }) => [name, value]),
    [
      ['force', undefined],
      ['name', 'd e'],
      ['value', 'f'],
      ['path', undefined],
      ['last', undefined],
    ],
  );
  assert.deepEqual(
    operands.map(({ value }) => value),
    ['b', 'c'],
  );
});

test('a name may be cut short, but no shorter than is told apart', () => {
  const given = cmdletArguments(only("a -Sk 1 -Exec 2 '-Name' 3"));
  assert.equal(findParameter(given, 'executionpolicy', 'e')?.value, '2');
  assert.equal(findParameter(given, 'skipcertificatecheck', 'skipc'), undefined);
  assert.equal(findParameter(given, 'name', 'n'), undefined, 'quoted: an argument that looks like one');
});

test('a switch is on unless it is told to be off', () => {
  const isOn = (script: string): boolean => findSwitch(only(script), 'trusted', 'tr') !== undefined;
  assert.deepEqual(['a -Trusted', 'a -Tr b', 'a -Trusted:$true', 'a -Trusted:$false', 'a -T'].map(isOn), [true, true, true, false, false]);
});

test('an argument is replaced where it stands', () => {
  const texts = ['a -Name b', 'a -Name:b', 'a -Name'].map((script) => {
    const parameter = findParameter(cmdletArguments(only(script)), 'name', 'n');
    return parameter === undefined ? undefined : replaceArgument(parameter, 'c')?.[0]?.newText;
  });
  assert.deepEqual(texts, ['c', '-Name:c', undefined]);
});
