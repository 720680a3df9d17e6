import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/ruby-gemspec.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const FOLDER = 'usr/local/bundle/specifications';
const SPEC = `# -*- encoding: utf-8 -*-
# stub: nokogiri 1.16.0 x86_64-linux lib

Gem::Specification.new do |s|
  s.name = "nokogiri".freeze
  s.version = "1.16.0"
  s.platform = "x86_64-linux".freeze
  s.licenses = ["MIT".freeze, "Apache-2.0".freeze]
  s.add_runtime_dependency(%q<racc>.freeze, ["~> 1.4".freeze])
  s.add_development_dependency(%q<rake>.freeze, [">= 0"])
  s.add_dependency(%q<old>.freeze, [">= 0"])
end
`;

test('wants the specifications of installed gems and not those inside gems', () => {
  assertWants(
    analyzer,
    [
      `${FOLDER}/nokogiri-1.16.0-x86_64-linux.gemspec`,
      'usr/lib/ruby/gems/3.2.0/specifications/default/json-2.6.3.gemspec',
      'usr/local/bundle/bundler/gems/thing-0123456789ab/thing.gemspec',
      'specifications/a-1.0.gemspec',
    ],
    [
      'usr/local/bundle/gems/a-1.0/a.gemspec',
      'app/a.gemspec',
      'a.gemspec',
      'usr/local/bundle/bundler/gems/thing-01/lib/x/thing.gemspec',
      'my-specifications/a.gemspec',
    ],
  );
});

test('what RubyGems wrote', () => {
  assert.deepEqual(analyzeText(analyzer, `${FOLDER}/x.gemspec`, SPEC), {
    value: { packages: [{ type: 'gem', name: 'nokogiri', version: '1.16.0', licenses: ['MIT', 'Apache-2.0'], dependencies: ['racc'] }] },
    problems: [],
  });
});

test('without the comment, by assignment; without those, by the name of the file', () => {
  const named = 'Gem::Specification.new do |s|\n  s.name = %q<a>\n  s.version = "1.2"\n  s.license = \'Ruby\'\n  s.add_dependency "b"\nend\n';
  assert.deepEqual(analyzeText(analyzer, `${FOLDER}/x.gemspec`, named).value.packages, [
    { type: 'gem', name: 'a', version: '1.2', licenses: ['Ruby'], dependencies: ['b'] },
  ]);
  const computed = 'Gem::Specification.new do |s|\n  s.name = "a-b"\n  s.version = File.read("x").strip\nend\n';
  assert.deepEqual(summarize(analyzeText(analyzer, `${FOLDER}/a-b-1.2.0.pre1.gemspec`, computed)), ['a-b 1.2.0.pre1']);
  assert.deepEqual(summarize(analyzeText(analyzer, `${FOLDER}/a-b-1.2.0-x86_64-linux.gemspec`, '')), ['a-b 1.2.0']);
  assert.equal(analyzeText(analyzer, `${FOLDER}/a.gemspec`, computed).problems.length, 1);
});

test('survives damage', () => {
  assertSurvives(analyzer, `${FOLDER}/x.gemspec`, SPEC);
});
