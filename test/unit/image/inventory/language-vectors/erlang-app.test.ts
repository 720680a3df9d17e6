import { analyzer as erlangApp } from '../../../../../src/image/inventory/analyzers/language/erlang-app.ts';
import { testVectors } from '../../../../support/language-vectors.ts';

/** Files of other scanners' tests, good and bad ones: what each lists, by the reading of a human. */
testVectors(erlangApp, 'usr/lib/erlang/lib/x-1.0/ebin/x.app', [
  { file: 'syft:binary/testdata/classifiers/snippets/elixir/1.12.0-rc.1/linux-amd64/lib/elixir/ebin/elixir.app', packages: ['elixir 1.12.0-rc.1'] },
  { file: 'syft:binary/testdata/classifiers/snippets/elixir/1.19.1/linux-amd64/lib/elixir/ebin/elixir.app', packages: ['elixir 1.19.1'] },
  { file: 'syft:erlang/testdata/corrupt/rabbitmq.app', packages: [] },
  { file: 'syft:erlang/testdata/glob-paths/src/rabbitmq.app', packages: [] },
  { file: 'syft:erlang/testdata/rabbitmq.app', packages: ['rabbit 3.12.10'] },
]);
