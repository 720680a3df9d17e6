import type { DockerfileModel } from '../../syntax/model.ts';
import { commandsNamed, commandsMatching } from '../queries/commands.ts';
import { fixWith, removeWord, replaceRange, replaceWord } from '../queries/edits.ts';
import { ignoredResult, integrityTool } from '../queries/integrity-checks.ts';
import { isOff, removeSetting, settingsNamed } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5016',
  slug: 'verification-skipped',
  title: 'Signature or checksum check switched off',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'Options and settings that make a program take what it should have verified: cosign --insecure-ignore-tlog and the like, gpg --skip-verify and weak digests, dpkg --force-bad-verify, debootstrap --no-check-gpg, uv --no-verify-hashes, helm --verify=false, flatpak and ostree --no-gpg-verify, skopeo --insecure-policy, DOCKER_CONTENT_TRUST=0, pacman SigLevel = Never; and a check whose failure is ignored (`sha256sum -c … || true`).',
    why: 'The check stands in the file and calms who reads it, but a changed artefact passes: whoever can replace it has his code run.',
    fix: 'Remove the option; where the check fails, find out why.',
    bad: [
      'FROM alpine:3.20\nRUN cosign verify-blob --insecure-ignore-tlog --key k.pub --signature a.sig a\n',
      'FROM alpine:3.20\nRUN gpg --batch --skip-verify --decrypt a.gpg > a\n',
      'FROM debian:12\nRUN dpkg --force-bad-verify -i /tmp/a.deb\n',
      'FROM debian:12\nRUN echo "$SUM  a" | sha256sum -c - || true\n',
      'FROM debian:12\nENV DOCKER_CONTENT_TRUST=0\n',
      'FROM archlinux:base\nRUN sed -i "s/^SigLevel.*/SigLevel = Never/" /etc/pacman.conf\n',
    ],
    good: [
      'FROM alpine:3.20\nRUN cosign verify-blob --key k.pub --signature a.sig a && gpg --batch --verify a.asc a\n',
      'FROM debian:12\nRUN echo "$SUM  a" | sha256sum -c - || exit 1\n',
      'FROM debian:12\nENV DOCKER_CONTENT_TRUST=1\nRUN dpkg --force-confold -i /tmp/a.deb && echo --skip-verify\n',
    ],
    references: [
      'https://docs.sigstore.dev/cosign/verifying/verify/',
      'https://www.gnupg.org/documentation/manuals/gnupg/GPG-Esoteric-Options.html',
      'https://cwe.mitre.org/data/definitions/347.html',
    ],
  },
  *check(model) {
    for (const [names, flags] of FLAGS) {
      for (const command of commandsNamed(model, ...names)) {
        for (const word of command.args) {
          if (!flags.test(word.value) || /=false$/.test(word.value.replace(/^--(?:verify|check-claims|verify-plugins)=false$/, ''))) continue;
          const fixes = fixWith('suggested', `Remove ${word.value}`, removeWord(model, command, word));
          yield { message: `${command.name} takes what it has not verified with ${word.value}`, range: word.range, fixes };
        }
      }
    }
    yield* ignoredChecks(model);
    yield* switchedOff(model);
    for (const text of writtenTexts(model)) {
      for (const { range } of matchesIn(model, text, /\b(?<=SigLevel\s{0,8}=\s{0,8})(?:Never|TrustAll)\b/g)) {
        const fixes = fixWith('suggested', 'Require signatures', text.written ? [replaceRange(range, 'Required DatabaseOptional')] : undefined);
        yield { message: 'pacman installs packages without a valid signature', range, fixes };
      }
    }
  },
};

/** From the programs' manuals. */
const FLAGS: readonly (readonly [programs: readonly string[], flags: RegExp])[] = [
  [
    ['cosign'],
    /^--(?:insecure-ignore-(?:tlog|sct)|insecure-skip-verify|allow-insecure-registry|allow-http-registry|insecure-skip-tlog-verify)(?:=.*)?$|^--check-claims=false$/,
  ],
  [['gpg', 'gpg2', 'gpgv'], /^--(?:skip-verify|allow-weak-digest-algos|allow-weak-key-signatures|ignore-crc-error)$/],
  [['dpkg', 'apt-get', 'apt'], /^--force-(?:bad-verify|all)$/],
  [['debootstrap', 'qemu-debootstrap', 'cdebootstrap'], /^--(?:no-check-gpg|allow-unauthenticated)$/],
  [['uv'], /^--no-verify-hashes$/],
  [['helm'], /^--verify=false$/],
  [['terraform'], /^-?-verify-plugins=false$/],
  [['flatpak', 'ostree'], /^--no-gpg-verify$/],
  [['skopeo', 'podman', 'buildah'], /^--insecure-policy$/],
  [['docker'], /^--disable-content-trust(?:=true)?$/],
  [['nix', 'nix-env', 'nix-store', 'nix-copy-closure'], /^--no-check-sigs$/],
  [['swupd'], /^--nosigcheck$/],
  [['opkg'], /^--force-signature$/],
];

function* ignoredChecks(model: DockerfileModel): Iterable<RuleHit> {
  for (const command of commandsMatching(model, integrityTool)) {
    const [name] = command.words;
    const ignored = name === undefined ? undefined : ignoredResult(model, command);
    if (name === undefined || ignored === undefined) continue;
    const fixes = fixWith('suggested', 'Fail when the check fails', command.embedded ? undefined : [replaceRange(ignored, ' || exit 1')]);
    yield { message: `The build goes on when ${command.name} finds that the file is not what it should be`, range: name.range, fixes };
  }
}

function* switchedOff(model: DockerfileModel): Iterable<RuleHit> {
  for (const setting of settingsNamed(
    model,
    'DOCKER_CONTENT_TRUST',
    'NODEJS_CHECK_SIGNATURES',
    'BUNDLE_DISABLE_CHECKSUM_VALIDATION',
    'YARN_CHECKSUM_BEHAVIOR',
  )) {
    const { name, value, range } = setting;
    const isBad = name.startsWith('BUNDLE')
      ? !isOff(value)
      : name.startsWith('YARN')
        ? /^(?:ignore|update)$/.test(value)
        : value !== '' && isOff(value);
    if (!isBad) continue;
    yield {
      message: `${name}=${value} switches a check of what is downloaded off`,
      range,
      fixes: fixWith('suggested', `Remove ${name}`, removeSetting(model, setting)),
    };
  }
  for (const command of commandsNamed(model, 'bundle')) {
    const at = command.args.findIndex(({ value }) => /^(?:BUNDLE_)?disable_checksum_validation$/i.test(value));
    const word = command.args[at];
    const value = command.args[at + 1];
    if (at < 0 || word === undefined || value?.value !== 'true') continue;
    yield {
      message: 'Bundler does not check the checksums of gems',
      range: word.range,
      fixes: fixWith('suggested', 'Check them', replaceWord(value, 'false')),
    };
  }
}
