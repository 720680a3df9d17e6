import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/mix-lock.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const LOCK = `%{
  "ecto": {:hex, :ecto, "3.10.3", "eb2ae2eecd210b4eb8bece1217b297ad4ff824b4384c0e3fdd28aaf96edd6135", [:mix], [{:decimal, "~> 1.6 or ~> 2.0", [hex: :decimal, repo: "hexpm", optional: false]}, {:jason, "~> 1.0", [hex: :jason, repo: "hexpm", optional: true]}], "hexpm", "44bec74e2364d491d70f7e42cd0d690922659d329f6465e89feb8a34e8cd3433"},
  "git": {:git, "https://example.com/x.git", "0123456789abcdef", [tag: "v1.0.0"]},
  "my_jason": {:hex, :jason, "1.4.1", "af1504e35f629ddcdd6addb3513c3853991f694921b1b9368b0bd32beb9f1b63", [:mix], [], "hexpm", "fbb01ecdfd565b56261302f7e1fcc27c4fb8f32d56eab74db621fc154604a7a1"},
}
`;

test('wants the lock file of a project', () => {
  assertWants(analyzer, ['mix.lock', 'app/mix.lock'], ['app/deps/ecto/mix.lock', 'app/mix.exs', 'app/xmix.lock']);
});

test('packages of the registry, by their name there', () => {
  assert.deepEqual(analyzeText(analyzer, 'mix.lock', LOCK), {
    value: {
      packages: [
        { type: 'hex', name: 'ecto', version: '3.10.3', declaredOnly: true, dependencies: ['decimal', 'jason'] },
        { type: 'hex', name: 'jason', version: '1.4.1', declaredOnly: true },
      ],
    },
    problems: [],
  });
  assert.deepEqual(summarize(analyzeText(analyzer, 'mix.lock', '[]')), ["! Mix's lock file is not an Elixir map"]);
});

test('survives damage', () => {
  assertSurvives(analyzer, 'mix.lock', LOCK);
});
