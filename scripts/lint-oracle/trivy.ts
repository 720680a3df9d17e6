import path from 'node:path';
import { filesBelow, readText, type OracleCase } from './case.ts';
import { readRego, type RegoScope, type RegoValue } from './rego.ts';

const CHECKS = 'checks/docker';

interface Command {
  readonly Cmd: string;
  readonly Value: readonly string[];
  readonly Flags?: readonly string[];
}

interface Stage {
  readonly Name: string;
  readonly Commands: readonly Command[];
}

/** checks/docker: the tests, whose inputs are structures that are written out as Dockerfiles again, and the good and bad examples. */
export function readCases(checkout: string): readonly OracleCase[] {
  const folder = path.join(checkout, CHECKS);
  return filesBelow(folder).flatMap((file) => {
    if (file.endsWith('_test.rego')) return readTests(file, readText(folder, file));
    if (!file.endsWith('.yaml')) return [];
    const check = /^#\s+id: (DS-\d+)/m.exec(readText(folder, file.replace('.yaml', '.rego')))?.[1] ?? file;
    return readExamples(check, file, readText(folder, file));
  });
}

function readTests(file: string, source: string): readonly OracleCase[] {
  const check = `DS-0${/^package builtin\.dockerfile\.DS(\d+)/m.exec(source)?.[1] ?? ''}`;
  return [...source.matchAll(/^(test_\w+)[^\n]*\{\n([^]*?)^\}/gm)].flatMap(([, test = '', body = '']) =>
    readTest(body).map(({ stages, isReported }) => ({ peer: 'trivy', check, name: `${file} ${test}`, text: toDockerfile(stages), isReported })),
  );
}

interface TestInput {
  readonly stages: readonly Stage[];
  readonly isReported: boolean;
}

function readTest(body: string): readonly TestInput[] {
  const table = /some name, tc in (?=\{)/.exec(body);
  if (table !== null) return readTable(readRego(body, table.index + table[0].length, newScope()));
  const isReported = !/count\(\w+\) ={1,2} 0/.test(body);
  const scope = newScope();
  for (const assignment of body.matchAll(/^\t(inp|tc) := /gm)) {
    scope.names.set(assignment[1] ?? '', readRego(body, assignment.index + assignment[0].length, scope));
  }
  const input = /with input as (?!tt\b)/.exec(body);
  const inputs = input === null ? (scope.names.get('tc') as readonly RegoValue[]) : [readRego(body, input.index + input[0].length, scope)];
  return inputs.map((value) => ({ stages: (value as unknown as { Stages: readonly Stage[] }).Stages, isReported }));
}

/** A table of commands, each with how many results are expected. */
function readTable(table: RegoValue): readonly TestInput[] {
  const entries = Object.values(table as unknown as Record<string, { cmds: readonly Command[]; expected: number }>);
  return entries.map(({ cmds, expected }) => ({ stages: [{ Name: 'alpine:3.13', Commands: cmds }], isReported: expected > 0 }));
}

/** The functions with which tests make up their inputs. */
function newScope(): RegoScope {
  return {
    names: new Map(),
    call(name, [first = null, second = null]) {
      if (name === 'instruction') return { Cmd: first, Value: second };
      const commands = name === 'build_simple_input' ? [{ Cmd: first, Value: second }] : first;
      return { Stages: [{ Name: 'busybox', Commands: commands }] };
    },
  };
}

/** The name of a stage is what stands behind FROM, `AS name` included; it is empty for what stands before the first one. */
function toDockerfile(stages: readonly Stage[]): string {
  return stages
    .flatMap(({ Name, Commands }) => {
      const lines = Commands.map((command) => (command.Cmd === 'from' && isWhole(Name, command) ? `FROM ${Name}` : toInstruction(command)));
      const hasFrom = Name === '' || Commands.some(({ Cmd }) => Cmd === 'from');
      return [...(hasFrom ? [] : [`FROM ${Name}`]), ...lines, ''];
    })
    .join('\n');
}

/** The checks look at the name of a stage; in some inputs only the instruction has the alias. */
function isWhole(name: string, { Value }: Command): boolean {
  return name !== '' && (Value.length === 1 || / as /i.test(name));
}

function toInstruction({ Cmd, Value, Flags = [] }: Command): string {
  return [Cmd.toUpperCase(), ...Flags, toArguments(Cmd, Value)].join(' ');
}

/** Several words are the JSON form where there is one; ENV is kept as name, value and the sign between. */
function toArguments(keyword: string, values: readonly string[]): string {
  if (/^(?:run|cmd|entrypoint)$/.test(keyword) && values.length > 1) return JSON.stringify(values);
  if (keyword !== 'env') return values.join(' ');
  const pairs: string[] = [];
  for (let at = 0; at + 1 < values.length; at += 3) pairs.push(`${values[at] ?? ''}${values[at + 2] === '=' ? '=' : ' '}${values[at + 1] ?? ''}`);
  return pairs.join(' ');
}

/** `good:` and `bad:` lists of block scalars. */
function readExamples(check: string, file: string, source: string): readonly OracleCase[] {
  return [...source.matchAll(/^ {2}(good|bad):\n((?: {4}.*\n?|\n)*)/gm)].flatMap(([, outcome, list = '']) =>
    list
      .split(/^ {4}- \|-?\n/m)
      .slice(1)
      .map((text) => ({ peer: 'trivy', check, name: file, text: text.replaceAll(/^ {6}/gm, ''), isReported: outcome === 'bad' })),
  );
}
