import path from 'node:path';
import { filesBelow, readText, type OracleCase } from './case.ts';

const TEST = 'frontend/dockerfile/dockerfile_check_test.go';
const DOCS = 'frontend/dockerfile/linter/docs';

/** The expectations of the integration test of the checks, and the good and bad examples of their documents. */
export function readCases(checkout: string): readonly OracleCase[] {
  return [
    ...readTest(readText(checkout, TEST)),
    ...filesBelow(path.join(checkout, DOCS)).flatMap((file) => readDocument(file, readText(checkout, DOCS, file))),
  ];
}

/** A text that is put together (fmt.Appendf) is not read, nor what is checked of it. */
const STEP = /\b(dockerfile|dockerignore) :?= (?:\[\]byte\(`([^`]*)`)?|checkLinterWarnings\(/g;

function readTest(source: string): readonly OracleCase[] {
  return source
    .split(/^func /m)
    .filter((part) => part.startsWith('test'))
    .flatMap(readFunction);
}

/** A negative case is only made for the checks that the same function is about. */
function readFunction(source: string): readonly OracleCase[] {
  const name = source.slice(0, source.indexOf('('));
  const checks = new Set([...source.matchAll(/RuleName: +"(\w+)"/g)].map(([, check]) => check ?? ''));
  const cases: OracleCase[] = [];
  let text: string | undefined;
  let kept: string | undefined;
  for (const step of source.matchAll(STEP)) {
    if (step[1] === 'dockerfile') text = step[2];
    else if (step[1] === 'dockerignore') kept = step[2];
    if (!step[0].startsWith('check')) continue;
    const call = balanced(source, step.index + step[0].length - 1);
    if (text === undefined || call.includes('FrontendAttrs')) continue;
    const dockerignore = /DockerIgnore: +\[\]byte\(`([^`]*)`/.exec(call)?.[1] ?? (call.includes('DockerIgnore') ? kept : undefined);
    const warnings = readWarnings(call, [...checks][0] ?? '');
    const common = { peer: 'buildkit', name, text, ...(dockerignore === undefined ? {} : { dockerignore }) } as const;
    for (const { check, line } of warnings) cases.push({ ...common, check, line, isReported: true });
    for (const check of checks) if (!warnings.some((warning) => warning.check === check)) cases.push({ ...common, check, isReported: false });
  }
  return cases;
}

/** Of all stages where the test tells them apart (UnmarshalWarnings), as this linter looks at all of them. */
function readWarnings(call: string, only: string): readonly { check: string; line: number }[] {
  const all = call.indexOf('UnmarshalWarnings:');
  const part = all < 0 ? call : call.slice(all);
  const literal = [...part.matchAll(/RuleName: +"(\w+)"(?:(?!RuleName)[^])*?Line: +(\d+)/g)].map(([, check = '', line]) => ({
    check,
    line: Number(line),
  }));
  const made = [...part.matchAll(/makeLintWarning\("\w+", (\d+)\)/g)].map(([, line]) => ({ check: only, line: Number(line) }));
  return [...literal, ...made];
}

function balanced(source: string, start: number): string {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    if (source[at] === '(') depth++;
    else if (source[at] === ')' && --depth === 0) return source.slice(start, at);
  }
  return source.slice(start);
}

/** Bad and good examples stand below a line that says so; the fenced text before them may be a .dockerignore. */
function readDocument(file: string, source: string): readonly OracleCase[] {
  const check = path.basename(file, '.md');
  const dockerignore = /`\.dockerignore` file:\s+```text\n([^]*?)```/.exec(source)?.[1];
  return [...source.matchAll(/^(❌|✅)[^\n]*\n(?:(?!❌|✅|^```).*\n)*?```dockerfile[^\n]*\n([^]*?)^```/gm)].map(([, mark, text = '']) => ({
    peer: 'buildkit',
    check,
    name: `${DOCS}/${file}`,
    text,
    isReported: mark === '❌',
    ...(dockerignore === undefined ? {} : { dockerignore }),
  }));
}
