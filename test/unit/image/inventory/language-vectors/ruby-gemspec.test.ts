import { analyzer as rubyGemspec } from '../../../../../src/image/inventory/analyzers/language/ruby-gemspec.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(rubyGemspec, 'usr/local/lib/ruby/gems/3.2.0/specifications/x.gemspec', [
  { file: 'scalibr:language/ruby/gemspec/testdata/badspec.gemspec', packages: ['foo 1.2.3'] },
  { file: 'scalibr:language/ruby/gemspec/testdata/empty.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/invalid.gemspec', packages: ['rss 0.2.9'] },
  { file: 'scalibr:language/ruby/gemspec/testdata/rss-0.2.9.gemspec', packages: ['rss 0.2.9'] },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant/version_constant.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_class/version_constant_class.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_conditional/version_constant_conditional.gemspec', packages: [], problems: 1 },
  {
    file: 'scalibr:language/ruby/gemspec/testdata/version_constant_different_casing/version_constant_different_casing.gemspec',
    packages: [],
    problems: 1,
  },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_dirname/version_constant_dirname.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_expand/version_constant_expand.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_expand_join/version_constant_expand_join.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_freeze/version_constant_freeze.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_join/version_constant_join.gemspec', packages: [], problems: 1 },
  {
    file: 'scalibr:language/ruby/gemspec/testdata/version_constant_join_multiline/version_constant_join_multiline.gemspec',
    packages: [],
    problems: 1,
  },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_constant_missing/version_constant_missing.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_inline.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/version_method/version_method.gemspec', packages: [], problems: 1 },
  { file: 'scalibr:language/ruby/gemspec/testdata/yaml-0.2.1.gemspec', packages: ['yaml 0.2.1'] },
  { file: 'syft:ruby/testdata/bundler.gemspec', packages: ['bundler 2.1.4'] },
  { file: 'syft:ruby/testdata/formatador.gemspec', packages: ['formatador 1.1.0'] },
  { file: 'syft:ruby/testdata/glob-paths/specifications/pkg/nested.gemspec', packages: [], problems: 1 },
  { file: 'syft:ruby/testdata/glob-paths/specifications/root.gemspec', packages: [], problems: 1 },
  { file: 'trivy:ruby/gemspec/testdata/license.gemspec', packages: ['async 1.25.0'] },
  { file: 'trivy:ruby/gemspec/testdata/malformed00.gemspec', packages: ['async 1.25.0'] },
  { file: 'trivy:ruby/gemspec/testdata/malformed01.gemspec', packages: [], problems: 1 },
  { file: 'trivy:ruby/gemspec/testdata/multiple_licenses.gemspec', packages: ['test-unit 3.3.7'] },
  { file: 'trivy:ruby/gemspec/testdata/normal00.gemspec', packages: ['rake 13.0.3'] },
  { file: 'trivy:ruby/gemspec/testdata/normal01.gemspec', packages: ['async 1.25.0'] },
]);
