import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import type { ShellCommand, ShellWord } from '../../syntax/shell/command.ts';
import { commandsNamed } from '../queries/commands.ts';
import { fixWith, removeWord, replaceRange, replaceWord } from '../queries/edits.ts';
import { isSearchedFor } from '../queries/sed.ts';
import { isOff, removeSetting, settingsOf } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule, RuleHit } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4016',
  slug: 'certificates-unchecked',
  title: 'Certificates not checked',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'The switches of other programs that turn the check of certificates off: apt (Verify-Peer), kubectl, helm, docker, podman, skopeo, oras, aws, aria2c, httpie, conda, poetry, bundler, Maven, rclone, svn, vault, deno, Perl, LDAP; as an option, an environment variable or a line of their configuration. curl, wget, pip, npm, git, yum and Go have rules of their own.',
    why: "Whoever answers in the server's place hands out what is downloaded, and is given the passwords and tokens that are sent.",
    fix: "Remove it. For a private CA add its certificate to the image's store (update-ca-certificates) or name it to the program.",
    bad: [
      'FROM debian:12\nRUN apt-get -o Acquire::https::Verify-Peer=false update\n',
      'FROM alpine:3.20\nRUN kubectl --insecure-skip-tls-verify get pods && skopeo copy --src-tls-verify=false docker://a docker://b\n',
      'FROM alpine:3.20\nRUN aws s3 cp s3://a/b /b --no-verify-ssl\n',
      'FROM continuumio/miniconda3:24.9.2-0\nRUN conda config --set ssl_verify false\n',
      'FROM ruby:3.3\nRUN bundle config ssl_verify_mode 0\n',
      'FROM maven:3.9\nENV MAVEN_OPTS="-Dmaven.wagon.http.ssl.insecure=true"\n',
      'FROM perl:5.40\nENV PERL_LWP_SSL_VERIFY_HOSTNAME=0 VAULT_SKIP_VERIFY=true\n',
      'FROM debian:12\nRUN echo "TLS_REQCERT never" >> /etc/ldap/ldap.conf\n',
    ],
    good: [
      'FROM debian:12\nRUN apt-get -o Acquire::https::Verify-Peer=true update && kubectl --insecure-skip-tls-verify=false get pods\n',
      'FROM alpine:3.20\nENV VAULT_SKIP_VERIFY=false\nRUN skopeo copy --src-tls-verify docker://a docker://b && echo --no-verify-ssl\n',
    ],
    references: ['https://cwe.mitre.org/data/definitions/295.html'],
  },
  *check(model) {
    for (const [names, option] of options) {
      for (const command of commandsNamed(model, ...names)) {
        for (const word of command.args.filter(({ value }) => option.test(value))) {
          yield {
            message: `${command.name} accepts any certificate with ${word.value}`,
            range: word.range,
            fixes: fixWith('suggested', 'Check certificates', isOptionValue(word) ? replaceOff(word) : removeWord(model, command, word)),
          };
        }
      }
    }
    for (const command of commandsNamed(model, 'conda', 'mamba', 'poetry', 'bundle', 'helm')) {
      const value = configuredOff(command);
      if (value !== undefined)
        yield {
          message: `${command.name} is set to accept any certificate`,
          range: value.range,
          fixes: fixWith('suggested', 'Check certificates', turnedOn(command, value)),
        };
    }
    for (const setting of settingsOf(model)) {
      if (!isWeakSetting(setting.name, setting.value)) continue;
      const message =
        setting.value === ''
          ? `An empty ${setting.name} turns the check of certificates off`
          : `${setting.name}=${setting.value} turns the check of certificates off`;
      yield { message, range: setting.range, fixes: fixWith('suggested', `Remove ${setting.name}`, removeSetting(model, setting)) };
    }
    yield* writtenOff(model);
  },
};

/** By program, the words that switch the check off. From the programs' manuals. */
const options: readonly (readonly [names: readonly string[], option: RegExp])[] = [
  [['apt', 'apt-get', 'aptitude'], /^(?:-o)?Acquire::https?(?:::[\w.-]{1,200})?::Verify-(?:Peer|Host)=["']?(?:false|no|0)["']?$/i],
  [['kubectl', 'oc', 'helm', 'kustomize', 'istioctl'], /^--(?:kube-)?insecure-skip-tls-verify(?:=true)?$/],
  [['docker', 'podman', 'buildah', 'skopeo', 'nerdctl'], /^--(?:src-|dest-)?tls-verify=(?:false|0)$/],
  [
    ['skopeo', 'crane', 'oras', 'cosign', 'notation', 'argocd', 'mc', 'regctl', 'hg', 'grpcurl'],
    /^--(?:insecure|allow-insecure-registry|insecure-registry|skip-tls-verify)(?:=true)?$/,
  ],
  [['aws'], /^--no-verify-ssl$/],
  [['aria2c'], /^--check-certificate=false$/],
  [['http', 'https', 'xh'], /^--verify(?:=(?:no|false|0))$/],
  [['fetch'], /^--no-verify-(?:peer|hostname)$/],
  [['conda', 'mamba', 'micromamba'], /^(?:-k|--insecure)$/],
  [['vault', 'nomad', 'consul'], /^-{1,2}tls-skip-verify(?:=true)?$/],
  [['rclone'], /^--no-check-certificate(?:=true)?$/],
  [['svn'], /^--trust-server-cert(?:-failures=.*)?$/],
  [['deno'], /^--unsafely-ignore-certificate-errors(?:=.*)?$/],
  [
    ['mvn', 'mvnw', 'gradle', 'gradlew', 'java'],
    /^-D(?:maven\.wagon\.http\.ssl\.(?:insecure|allowall)=true|aether\.connector\.https\.securityMode=insecure|maven\.resolver\.transport\.http\.ssl\.(?:insecure|allowAll)=true)$/,
  ],
  [['restic'], /^--insecure-tls$/],
];

function isOptionValue({ value }: ShellWord): boolean {
  return value.startsWith('Acquire::');
}

function replaceOff(word: ShellWord): readonly TextEdit[] | undefined {
  return replaceWord(word, word.value.replace(/=.*$/, '=true'));
}

/** `conda config --set ssl_verify false`, `poetry config certificates.x.cert false`, `bundle config [set] ssl_verify_mode 0`. */
function configuredOff({ args }: ShellCommand): ShellWord | undefined {
  if (args[0]?.value !== 'config') return undefined;
  const name = args.findIndex(({ value }) => /^(?:ssl_verify|ssl_verify_mode|certificates\.[\w.-]{1,100}\.cert)$/i.test(value));
  const value = args[name + 1];
  return name < 0 || value === undefined || value.value === '' || !isOff(value.value) ? undefined : value;
}

function turnedOn({ name }: ShellCommand, word: ShellWord): readonly TextEdit[] | undefined {
  return replaceWord(word, name === 'bundle' ? '1' : 'true');
}

const ON_IS_WEAK = /^(?:(?:VAULT|NOMAD)_SKIP_VERIFY|RCLONE_NO_CHECK_CERTIFICATE|AWS_NO_VERIFY_SSL|ARGOCD_INSECURE)$/;
const OFF_IS_WEAK =
  /^(?:CONSUL_HTTP_SSL_VERIFY|PERL_LWP_SSL_VERIFY_HOSTNAME|CONDA_SSL_VERIFY|MAMBA_SSL_VERIFY|BUNDLE_SSL_VERIFY_MODE|HTTPS_VERIFY|SSL_VERIFY)$/;

function isWeakSetting(name: string, value: string): boolean {
  if (ON_IS_WEAK.test(name)) return !isOff(value);
  if (OFF_IS_WEAK.test(name)) return value !== '' && isOff(value);
  // Python's requests takes an empty path for "no check".
  if (name === 'CURL_CA_BUNDLE') return value === '';
  if (name === 'LDAPTLS_REQCERT') return /^(?:never|allow)$/i.test(value);
  if (name === 'DENO_UNSAFELY_IGNORE_CERTIFICATE_ERRORS') return value !== '';
  return (
    /^(?:MAVEN_OPTS|MAVEN_ARGS|JAVA_TOOL_OPTIONS|JAVA_OPTS|GRADLE_OPTS)$/.test(name) &&
    /ssl\.(?:insecure|allow-?all)=true|securityMode=insecure/i.test(value)
  );
}

const LINES =
  /Acquire::https?(?:::[\w.-]{1,200})?::Verify-(?:Peer|Host)\s{1,8}\\?["']?(?:false|no|0)\b|(?<=^|\n|\\n)\s{0,8}TLS_REQCERT\s{1,8}(?:never|allow)\b|(?<=^|\n|\\n)\s{0,8}:?ssl_verify(?:_mode)?\s{0,4}:\s{0,4}(?:false|0)\b|(?<=^|\n|\\n)\s{0,8}check_certificate\s{0,4}=\s{0,4}(?:off|no)\b|ssl:verify-certificate\s{1,4}(?:no|false|off)\b/gi;
const SIGNS = /Verify-|TLS_REQCERT|ssl_verify|check_certificate|verify-certificate/i;

function* writtenOff(model: DockerfileModel): Iterable<RuleHit> {
  for (const text of writtenTexts(model)) {
    if (!SIGNS.test(text.source.text)) continue;
    for (const { range, match } of matchesIn(model, text, LINES)) {
      if (isSearchedFor(text.source.text, match.index)) continue;
      const [line] = match;
      const fixed = line.replace(/\w+$/, (off) =>
        /^(?:never|allow)$/i.test(off) ? 'demand' : off === '0' ? '1' : /^(?:off|no)$/i.test(off) ? 'on' : 'true',
      );
      yield {
        message: `${line.trim()} turns the check of certificates off`,
        range,
        fixes: fixWith('suggested', 'Check certificates', text.written && !line.includes('\n') ? [replaceRange(range, fixed)] : undefined),
      };
    }
  }
}
