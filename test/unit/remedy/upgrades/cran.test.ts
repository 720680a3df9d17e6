import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf } from '../../../support/vulnerable-package.ts';

test('the newest, exactly the fixed one, or by renv', () => {
  assert.deepEqual(commandsOf({ type: 'cran', name: 'readxl', fixed: '1.4.1', path: 'usr/local/lib/R/site-library/readxl/DESCRIPTION' }), [
    `Rscript -e 'install.packages("readxl")'`,
    `Rscript -e 'remotes::install_version("readxl", version = "1.4.1")'`,
  ]);
  assert.deepEqual(commandsOf({ type: 'cran', name: 'commonmark', fixed: '1.8-1', lockFile: 'app/renv.lock' }), [
    `Rscript -e 'renv::install("commonmark@1.8-1"); renv::snapshot()'`,
  ]);
  assert.deepEqual(commandsOf({ type: 'cran', name: 'x"); q("', fixed: '1.8' }), []);
});
