import { analyzer as perlCpan } from '../../../../../src/image/inventory/analyzers/language/perl-cpan.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(perlCpan, 'root/perl5/lib/perl5/.meta/A-1/MYMETA.json', [
  { file: 'scalibr:language/perl/cpan/testdata/META_correct1.json', packages: ['ExtUtils-Helpers 0.028'] },
  { file: 'scalibr:language/perl/cpan/testdata/META_correct2.json', packages: ['URI 5.34'] },
  { file: 'scalibr:language/perl/cpan/testdata/META_withoutname.json', packages: [] },
  { file: 'scalibr:language/perl/cpan/testdata/META_withoutversion.json', packages: [] },
  { file: 'scalibr:language/perl/cpan/testdata/invalid_json.jsontest', packages: [], problems: 1 },
  { file: 'scalibr:language/perl/cpan/testdata/null.jsontest', packages: [], problems: 1 },
]);
