import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandsOf, wordsOf } from '../../../support/vulnerable-package.ts';

const rexml = { type: 'gem', name: 'rexml', version: '3.2.6', fixed: '3.3.9' } as const;

test('Bundler for a project’s, gem for what is installed for all', () => {
  const bundle = ['bundle update rexml --conservative'];
  assert.deepEqual(commandsOf({ ...rexml, lockFile: 'app/Gemfile.lock' }), bundle);
  assert.deepEqual(commandsOf({ ...rexml, path: 'usr/local/bundle/specifications/rexml-3.2.6.gemspec' }), bundle);
  assert.deepEqual(commandsOf({ ...rexml, path: 'app/vendor/bundle/ruby/3.3.0/specifications/rexml-3.2.6.gemspec' }), bundle);
  assert.deepEqual(commandsOf({ ...rexml, path: 'usr/lib/ruby/gems/3.3.0/specifications/rexml-3.2.6.gemspec' }), [
    'gem install rexml -v 3.3.9 && gem uninstall rexml -v 3.2.6 --executables --ignore-dependencies',
  ]);
});

test('what Ruby itself brings cannot be removed', () => {
  const path = 'usr/local/lib/ruby/gems/3.3.0/specifications/default/rexml-3.2.6.gemspec';
  assert.deepEqual(commandsOf({ ...rexml, path }), ['gem install rexml -v 3.3.9']);
  assert.match(wordsOf({ ...rexml, path }), /newer Ruby base image/);
});

test('a hostile installed version reaches no command', () => {
  for (const version of ['$(reboot)', '-x', '3 2', "3'"]) assert.deepEqual(commandsOf({ ...rexml, version }), ['gem install rexml -v 3.3.9']);
});
