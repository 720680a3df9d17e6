import { rule } from '../../../../../src/dockerfile/lint/rules/PL5016-verification-skipped.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN cosign verify --key k img && cosign verify --insecure-ignore-tlog=false img && cosign verify --check-claims=true img\n',
    'FROM a:1\nRUN gpg --verify a.asc a && gpg --trust-model always --import k && dpkg --force-confdef -i a.deb && helm pull --verify c\n',
    'FROM a:1\nRUN sha256sum -c s || exit 1; sha256sum -c s || { echo no; exit 1; }; sha256sum -c s || echo no && exit 1; sha256sum s || true\n',
    'FROM a:1\nRUN rm a || true; sha256sum -c s && rm b || true\n',
    'FROM a:1\nENV DOCKER_CONTENT_TRUST=1 YARN_CHECKSUM_BEHAVIOR=throw\nRUN echo "SigLevel = Required" >> /etc/pacman.conf\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN cosign verify --insecure-ignore-tlog=true --key k img\n',
      at: '--insecure-ignore-tlog=true',
      fixed: 'FROM a:1\nRUN cosign verify --key k img\n',
    },
    { code: 'FROM a:1\nRUN cosign verify --check-claims=false img && gpg --skip-verify -d a\n', at: ['--check-claims=false', '--skip-verify'] },
    { code: 'FROM a:1\nRUN dpkg --force-all -i a.deb && debootstrap --no-check-gpg bookworm /x\n', at: ['--force-all', '--no-check-gpg'] },
    {
      code: 'FROM a:1\nRUN helm pull --verify=false c && uv pip sync --no-verify-hashes r && skopeo --insecure-policy copy a b\n',
      at: ['--verify=false', '--no-verify-hashes', '--insecure-policy'],
    },
    {
      code: 'FROM a:1\nRUN echo "$S  a" | sha256sum -c - || true; gpg --verify a.asc || :\n',
      at: ['sha256sum', 'gpg'],
      fixed: 'FROM a:1\nRUN echo "$S  a" | sha256sum -c - || exit 1; gpg --verify a.asc || exit 1\n',
    },
    { code: 'FROM a:1\nRUN sha256sum -c s || echo "no match" && ./a\n', at: 'sha256sum' },
    {
      code: 'FROM a:1\nENV BUNDLE_DISABLE_CHECKSUM_VALIDATION=true YARN_CHECKSUM_BEHAVIOR=ignore\n',
      at: ['BUNDLE_DISABLE_CHECKSUM_VALIDATION=true', 'YARN_CHECKSUM_BEHAVIOR=ignore'],
    },
    {
      code: 'FROM a:1\nRUN bundle config set disable_checksum_validation true\n',
      at: 'disable_checksum_validation',
      fixed: 'FROM a:1\nRUN bundle config set disable_checksum_validation false\n',
    },
    {
      code: 'FROM a:1\nRUN echo "SigLevel = Never" >> /etc/pacman.conf\n',
      at: 'Never',
      fixed: 'FROM a:1\nRUN echo "SigLevel = Required DatabaseOptional" >> /etc/pacman.conf\n',
    },
  ],
});
