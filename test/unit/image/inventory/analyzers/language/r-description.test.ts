import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/r-description.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const PATH = 'usr/lib/R/library/dplyr/DESCRIPTION';
const TEXT = `Package: dplyr
Type: Package
Version: 1.1.4
Authors@R: c(
    person("A"))
License: MIT +
    file LICENSE
Depends: R (>= 3.5.0), methods
Imports: cli (>= 3.4.0),
    generics
LinkingTo: cpp11
Built: R 4.3.1; ; 2023-11-17 ; unix
`;

test('wants packages of a library, and no others', () => {
  assertWants(
    analyzer,
    [
      PATH,
      'usr/local/lib/R/site-library/x/DESCRIPTION',
      'root/R/x86_64-pc-linux-gnu-library/4.3/x/DESCRIPTION',
      'app/renv/library/R-4.3/x86_64-pc-linux-gnu/x/DESCRIPTION',
    ],
    ['DESCRIPTION', 'app/DESCRIPTION', 'library/DESCRIPTION', 'usr/lib/R/library/x/tests/y/DESCRIPTION', 'usr/lib/R/library/x/DESCRIPTION.bak'],
  );
});

test('name, version, licence and what it needs', () => {
  assert.deepEqual(analyzeText(analyzer, PATH, TEXT), {
    value: {
      packages: [
        { type: 'cran', name: 'dplyr', version: '1.1.4', licenses: ['MIT + file LICENSE'], dependencies: ['cli', 'cpp11', 'generics', 'methods'] },
      ],
    },
    problems: [],
  });
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, 'Package: x\n')), ['! the package has no version']);
  assert.deepEqual(summarize(analyzeText(analyzer, PATH, '')), ['! the package has no name']);
});

test('damage of any kind', () => {
  assertSurvives(analyzer, 'usr/lib/R/library/dplyr/DESCRIPTION', TEXT);
});
