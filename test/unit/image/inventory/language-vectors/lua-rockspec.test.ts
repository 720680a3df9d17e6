import { analyzer as luaRockspec } from '../../../../../src/image/inventory/analyzers/language/lua-rockspec.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(luaRockspec, 'usr/local/lib/luarocks/rocks-5.1/x/1-1/x-1-1.rockspec', [
  { file: 'syft:lua/testdata/corrupt/bad-1.23.0-0.rockspec', packages: ['x 1-1'] },
  { file: 'syft:lua/testdata/rockspec/build-first-1.0-1.rockspec', packages: ['foo 1.0-1'] },
  { file: 'syft:lua/testdata/rockspec/empty.rockspec', packages: ['x 1-1'] },
  { file: 'syft:lua/testdata/rockspec/kong-3.7.0-0.rockspec', packages: ['kong 3.7.0-0'] },
  { file: 'syft:lua/testdata/rockspec/kong-pgmoon-1.16.2-1.rockspec', packages: ['kong-pgmoon 1.16.2-1'] },
  { file: 'syft:lua/testdata/rockspec/lpeg-1.0.2-1.rockspec', packages: ['lpeg 1.0.2-1'] },
  { file: 'syft:lua/testdata/rockspec/luasyslog-2.0.1-1.rockspec', packages: ['x 1-1'] },
  { file: 'syft:lua/testdata/rockspec/whitespace-only.rockspec', packages: ['x 1-1'] },
]);
