import assert from 'node:assert/strict';
import test from 'node:test';
import { analyzer } from '../../../../../../src/image/inventory/analyzers/language/erlang-app.ts';
import { analyzeText, assertSurvives, assertWants, summarize } from '../../../../../support/analyzer-laws.ts';

const FOLDER = 'usr/lib/erlang/lib/crypto-5.1.2/ebin';
const APP = `%% comment {application, other, [{vsn,"9"}]}
{application, crypto,
   [{description, "100% CRYPTO"},
    {vsn, "5.1.2"},
    {modules, [crypto, crypto_ec_curves]},
    {applications, [kernel, 'stdlib']},
    {env, [{fips_mode, false}]}]}.
`;

test('wants applications beside their code, and the release', () => {
  assertWants(
    analyzer,
    [`${FOLDER}/crypto.app`, 'ebin/a.app', 'usr/lib/erlang/releases/25/OTP_VERSION'],
    ['Applications/Slack.app', 'app/src/a.app.src', 'app/webin/a.app', 'usr/lib/erlang/releases/RELEASES'],
  );
});

test('applications of OTP, and others, which are of the registry', () => {
  assert.deepEqual(analyzeText(analyzer, `${FOLDER}/crypto.app`, APP), {
    value: { packages: [{ type: 'otp', name: 'crypto', version: '5.1.2', dependencies: ['kernel', 'stdlib'] }] },
    problems: [],
  });
  const phoenix = '{application,phoenix,[{modules,[\'Elixir.Phoenix\']},{vsn,"1.7.10"}]}.';
  assert.deepEqual(analyzeText(analyzer, 'app/lib/phoenix-1.7.10/ebin/phoenix.app', phoenix).value.packages, [
    { type: 'hex', name: 'phoenix', version: '1.7.10' },
  ]);
});

test('the release of Erlang', () => {
  assert.deepEqual(analyzeText(analyzer, 'usr/lib/erlang/releases/25/OTP_VERSION', '25.2.3\n').value.packages, [
    { type: 'generic', name: 'erlang', version: '25.2.3' },
  ]);
  assert.deepEqual(summarize(analyzeText(analyzer, 'usr/lib/erlang/releases/25/OTP_VERSION', 'x')), []);
});

test('another kind of file, and one without a version', () => {
  assert.deepEqual(analyzeText(analyzer, `${FOLDER}/a.app`, 'bplist00'), { value: {}, problems: [] });
  assert.deepEqual(summarize(analyzeText(analyzer, `${FOLDER}/a.app`, '{application,a,[{vsn,git},{applications,[')), [
    '! the Erlang application has no version',
  ]);
});

test('survives damage', () => {
  assertSurvives(analyzer, `${FOLDER}/crypto.app`, APP);
});
