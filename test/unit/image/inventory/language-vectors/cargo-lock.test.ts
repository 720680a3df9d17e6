import { analyzer as cargoLock } from '../../../../../src/image/inventory/analyzers/language/cargo-lock.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(cargoLock, 'Cargo.lock', [
  { file: 'scalibr:language/rust/cargolock/testdata/duplicate.lock', packages: ['syn 1.0.73', 'syn 2.0.0'] },
  { file: 'scalibr:language/rust/cargolock/testdata/empty.lock', packages: [] },
  { file: 'scalibr:language/rust/cargolock/testdata/many-packages.lock', packages: 6, has: ['zstd 0.11.2', 'syn 1.0.109', 'syn 2.0.15'] },
  { file: 'scalibr:language/rust/cargolock/testdata/not-toml.txt', packages: [], problems: 1 },
  { file: 'scalibr:language/rust/cargolock/testdata/one-package.lock', packages: ['addr2line 0.15.2'] },
  { file: 'scalibr:language/rust/cargolock/testdata/package-with-build-string.lock', packages: ['wasi 0.10.2+wasi-snapshot-preview1'] },
  { file: 'scalibr:language/rust/cargolock/testdata/package-with-comments.lock', packages: ['addr2line 0.15.2', 'syn 1.0.73'] },
  { file: 'scalibr:language/rust/cargolock/testdata/two-packages-with-local.lock', packages: ['addr2line 0.15.2'] },
  { file: 'scalibr:language/rust/cargolock/testdata/two-packages.lock', packages: ['addr2line 0.15.2', 'syn 1.0.73'] },
  { file: 'trivy:rust/cargo/testdata/cargo_invalid.lock', packages: [], problems: 1 },
  { file: 'trivy:rust/cargo/testdata/cargo_mixed.lock', packages: 7, has: ['libc 0.2.54', 'idna 0.1.5', 'typemap 0.3.3'] },
  { file: 'trivy:rust/cargo/testdata/cargo_normal.lock', packages: 7, has: ['libc 0.2.54', 'idna 0.1.5', 'url 1.7.2'] },
  { file: 'trivy:rust/cargo/testdata/cargo_v3.lock', packages: 8, has: ['aho-corasick 0.7.20', 'regex 1.7.3', 'ucd-util 0.1.10'] },
  { file: 'syft:rust/testdata/Cargo.lock', packages: 14, has: ['ansi_term 0.12.1', 'unicode-bidi 0.3.4', 'windows-sys 0.59.0'] },
  { file: 'syft:rust/testdata/Cargo.lock-with-git-deps', packages: 8, has: ['aho-corasick 1.1.3', 'nom-regex 0.2.0', 'regex-syntax 0.8.5'] },
  { file: 'syft:rust/testdata/glob-paths/src/Cargo.lock', packages: [], problems: 1 },
  { file: 'syft:rust/testdata/image-audit/Cargo.lock', packages: 9, has: ['argh 0.1.12', 'quote 1.0.37', 'unicode-ident 1.0.14'] },
  { file: 'syft:rust/testdata/path-deps/Cargo.lock', packages: ['memchr 2.7.4'] },
]);
