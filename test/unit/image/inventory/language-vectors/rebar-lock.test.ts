import { analyzer as rebarLock } from '../../../../../src/image/inventory/analyzers/language/rebar-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(rebarLock, 'app/rebar.lock', [
  { file: 'syft:erlang/testdata/corrupt/rebar.lock', packages: ['ssl_verify_fun 1.1.6', 'unicode_util_compat 0.7.0'] },
  { file: 'syft:erlang/testdata/glob-paths/src/rebar.lock', packages: [], problems: 1 },
  {
    file: 'syft:erlang/testdata/rebar-2.lock',
    packages: ['bcrypt 1.1.5', 'certifi 2.9.0', 'stdout_formatter 0.2.3', 'syslog 1.1.0', 'unicode_util_compat 0.7.0'],
  },
  {
    file: 'syft:erlang/testdata/rebar.lock',
    packages: [
      'certifi 2.9.0',
      'idna 6.1.1',
      'metrics 1.0.1',
      'mimerl 1.2.0',
      'parse_trans 3.3.1',
      'ssl_verify_fun 1.1.6',
      'unicode_util_compat 0.7.0',
    ],
  },
]);
