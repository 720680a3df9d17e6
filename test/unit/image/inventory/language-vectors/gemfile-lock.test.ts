import { analyzer as gemfileLock } from '../../../../../src/image/inventory/analyzers/language/gemfile-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(gemfileLock, 'app/Gemfile.lock', [
  {
    file: 'scalibr:language/ruby/gemfilelock/testdata/has-git-gem.lock',
    packages: ['hanami-controller 2.0.0.alpha1', 'hanami-utils 2.0.0.alpha1', 'concurrent-ruby 1.1.7', 'rack 2.2.3', 'transproc 1.1.1'],
  },
  {
    file: 'scalibr:language/ruby/gemfilelock/testdata/has-local-gem.lock',
    packages: 30,
    has: ['backbone-on-rails 1.2.0.0', 'jquery-rails 4.4.0', 'zeitwerk 2.5.4'],
  },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/invalid.lock', packages: [] },
  {
    file: 'scalibr:language/ruby/gemfilelock/testdata/multiple-gems.lock',
    packages: ['bundler-audit 0.9.0.1', 'coderay 1.1.3', 'dotenv 2.7.6', 'method_source 1.0.0', 'pry 0.14.1', 'thor 1.2.1'],
  },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/no-gem-section.lock', packages: [] },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/no-gems.lock', packages: [] },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/no-spec-section.lock', packages: [] },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/one-gem.lock', packages: ['ast 2.4.2'] },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/rails.lock', packages: 46, has: ['actioncable 7.0.2.2', 'mini_mime 1.1.2', 'zeitwerk 2.5.4'] },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/rubocop.lock', packages: 10, has: ['ast 2.4.2', 'rexml 3.2.5', 'unicode-display_width 2.1.0'] },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/some-gems.lock', packages: ['coderay 1.1.3', 'method_source 1.0.0', 'pry 0.14.1'] },
  { file: 'scalibr:language/ruby/gemfilelock/testdata/source-section-at-end.lock', packages: ['ast 2.4.2'] },
  { file: 'syft:ruby/testdata/Gemfile.lock', packages: 52, has: ['google-cloud-errors 1.3.0', 'multi_json 1.10.1', 'unicorn 4.8.3'], problems: 1 },
  { file: 'syft:ruby/testdata/glob-paths/src/Gemfile.lock', packages: [], problems: 1 },
  { file: 'syft:ruby/testdata/glob-paths/src/Gemfile.next.lock', packages: [], problems: 1 },
  {
    file: 'trivy:ruby/bundler/testdata/Gemfile_bundler2.lock',
    packages: [
      'coderay 1.1.3',
      'concurrent-ruby 1.1.10',
      'dotenv 2.7.6',
      'faker 2.21.0',
      'i18n 1.10.0',
      'json 2.6.2',
      'method_source 1.0.0',
      'pry 0.14.1',
    ],
  },
  { file: 'trivy:ruby/bundler/testdata/Gemfile_malformed.lock', packages: [], problems: 1 },
  {
    file: 'trivy:ruby/bundler/testdata/Gemfile_normal.lock',
    packages: ['coderay 1.1.2', 'concurrent-ruby 1.1.5', 'dotenv 2.7.2', 'faker 1.9.3', 'i18n 1.6.0', 'method_source 0.9.2', 'pry 0.12.2'],
  },
]);
