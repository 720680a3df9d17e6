import { existsSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, readText, type OracleCase } from './case.ts';

const CHECKS = 'checkov/dockerfile/checks';
const TESTS = 'tests/dockerfile/checks';
const GRAPH_TESTS = 'tests/dockerfile/graph_builder/checks/resources';

/** tests/dockerfile: the resources that a test lists as failing and passing, and the fail and pass folders of the graph checks. */
export function readCases(checkout: string): readonly OracleCase[] {
  return [...readPythonTests(checkout), ...readGraphTests(checkout)];
}

function readPythonTests(checkout: string): readonly OracleCase[] {
  const cases: OracleCase[] = [];
  for (const file of filesBelow(path.join(checkout, TESTS)).filter((name) => /^test_\w+\.py$/.test(name))) {
    const name = file.slice('test_'.length, -'.py'.length);
    const check = /\bid = "(\w+)"/.exec(readText(checkout, CHECKS, `${name}.py`))?.[1] ?? name;
    const source = readText(checkout, TESTS, file);
    const failing = resourcesOf(source, 'failing_resources');
    for (const resource of new Set([...failing, ...resourcesOf(source, 'passing_resources')])) {
      const fixture = path.join(TESTS, `example_${name}`, resource);
      if (!existsSync(path.join(checkout, fixture))) continue;
      cases.push({ peer: 'checkov', check, name: fixture, text: readText(checkout, fixture), isReported: failing.includes(resource) });
    }
  }
  return cases;
}

/** `failing_resources = {"/failure/Dockerfile.FROM"}`: the last part names the instruction. */
function resourcesOf(source: string, name: string): readonly string[] {
  const list = new RegExp(`${name} = [[{]([^\\]}]*)[\\]}]`).exec(source)?.[1] ?? '';
  return [...list.matchAll(/"\/([^"]+)\.\w*"/g)].map(([, resource]) => resource ?? '');
}

function readGraphTests(checkout: string): readonly OracleCase[] {
  const folder = path.join(checkout, GRAPH_TESTS);
  return filesBelow(folder)
    .filter((file) => /^\w+\/(?:fail|pass)\/[^/]+$/.test(file))
    .map((file) => {
      const [name = '', outcome] = file.split('/');
      const check = /id: "(\w+)"/.exec(readText(checkout, CHECKS, 'graph_checks', `${name}.yaml`))?.[1] ?? name;
      return { peer: 'checkov', check, name: path.join(GRAPH_TESTS, file), text: readText(folder, file), isReported: outcome === 'fail' };
    });
}
