import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import { offsetAt, rangeAt } from '../../syntax/text-document.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import { commandsNamed, pipCommands } from '../queries/commands.ts';
import { fixWith, insertAt, textAt } from '../queries/edits.ts';
import { findPlainUrl, hostTruster, placeOfUrl, trustedHosts } from '../queries/plain-urls.ts';
import { settingsOf } from '../queries/settings.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL4010',
  slug: 'plain-package-index',
  title: 'Package index without encryption',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'http URLs given to pip, uv, poetry, npm, yarn, pnpm, gem, bundle, cargo, composer, dotnet, nuget, conda and helm: as an option, by their configuration commands and environment variables, and in the lines of their configuration files (settings.xml of Maven too). Proxies and this machine are not reported.',
    why: 'These tools run what they install. Anyone on the path between the build and the index can answer in its place, and so runs code in the build and in the image.',
    fix: 'Use the https address of the index. For one with a private CA give the tool its certificate.',
    bad: [
      'FROM python:3.13\nRUN pip install -i http://pypi.example.com/simple a==1\n',
      'FROM python:3.13\nENV PIP_INDEX_URL=http://pypi.example.com/simple\n',
      'FROM node:22\nRUN npm config set registry http://registry.example.com\n',
      'FROM ruby:3.3\nRUN gem install --source http://gems.example.com rails -v 7.2.0\n',
      'FROM maven:3.9\nCOPY <<EOF /root/.m2/settings.xml\n<mirror><mirrorOf>*</mirrorOf><url>http://maven.example.com/</url></mirror>\nEOF\n',
      'FROM rust:1.82\nENV CARGO_REGISTRIES_OURS_INDEX=sparse+http://crates.example.com/\n',
      'FROM python:3.13\nRUN printf "[global]\\nindex-url = http://pypi.example.com/simple\\n" > /etc/pip.conf\n',
    ],
    good: [
      'FROM python:3.13\nRUN pip install -i https://pypi.example.com/simple --proxy http://proxy:3128 a==1\n',
      'FROM node:22\nENV HTTP_PROXY=http://proxy:3128\nRUN npm config set proxy http://proxy:3128 && npm config set registry http://localhost:4873\n',
    ],
    references: ['https://cwe.mitre.org/data/definitions/319.html', 'https://blog.rust-lang.org/2023/03/09/Rust-1.68.0.html'],
  },
  options: [trustedHosts],
  *check(model, context) {
    const isTrusted = hostTruster(context);
    for (const command of [...pipCommands(model), ...commandsNamed(model, ...TOOLS)]) {
      for (const [index, word] of command.args.entries()) {
        const url = findPlainUrl(word.value);
        if (
          url === undefined ||
          isTrusted(url.host) ||
          !/^(?:-{1,2}[\w-]{1,40}=?|[\w.-]{1,60}=)?(?:git\+|sparse\+|registry\+)?$/.test(word.value.slice(0, url.index))
        )
          continue;
        if (/proxy/i.test(word.value.slice(0, url.index)) || /proxy/i.test(command.args[index - 1]?.value ?? '')) continue;
        const { range, edits } = placeOfUrl(model, word, url);
        yield {
          message: `Whoever answers for ${url.host} chooses what ${command.name} installs`,
          range,
          fixes: fixWith('suggested', 'Use https', edits),
        };
      }
    }
    for (const { name, value, valueRange, range } of settingsOf(model)) {
      const url = VARIABLES.test(name) ? findPlainUrl(value) : undefined;
      if (url?.scheme !== 'http' || isTrusted(url.host)) continue;
      yield {
        message: `Whoever answers for ${url.host} chooses what is installed`,
        range: valueRange ?? range,
        fixes: fixWith('suggested', 'Use https', valueRange === undefined ? undefined : toHttps(model, valueRange)),
      };
    }
    for (const text of writtenTexts(model)) {
      if (!text.source.text.includes('http://')) continue;
      for (const { range, match } of matchesIn(model, text, LINE)) {
        const url = findPlainUrl(text.source.text.slice(match.index, match.index + match[0].length + MAX_HOST));
        if (
          url === undefined ||
          isTrusted(url.host) ||
          (match[0].startsWith('<') && !/<(?:mirror|repository|pluginRepository)>/.test(text.source.text))
        )
          continue;
        yield {
          message: `Whoever answers for ${url.host} chooses what is installed`,
          range,
          fixes: fixWith('suggested', 'Use https', text.written ? toHttps(model, range) : undefined),
        };
      }
    }
  },
};

const MAX_HOST = 260;
const TOOLS = [
  'uv',
  'pipenv',
  'poetry',
  'npm',
  'npx',
  'yarn',
  'pnpm',
  'bun',
  'gem',
  'bundle',
  'cargo',
  'composer',
  'dotnet',
  'nuget',
  'conda',
  'mamba',
  'micromamba',
  'helm',
];
const VARIABLES =
  /^(?:PIP_(?:EXTRA_)?INDEX_URL|PIP_FIND_LINKS|UV_(?:EXTRA_|DEFAULT_)?INDEX(?:_URL)?|NPM_CONFIG_REGISTRY|YARN_REGISTRY|YARN_NPM_REGISTRY_SERVER|CARGO_REGISTR(?:Y|IES_\w{1,60})_INDEX|RUSTUP_DIST_SERVER|RUSTUP_UPDATE_ROOT|COMPOSER_REPO_PACKAGIST|CONDA_CHANNEL_ALIAS)$/i;
/** Up to the `//`; what it belongs to stands at the head of the line. */
const LINE =
  /(?:(?<=^|\n|\\n)\s{0,20}(?:(?:extra-)?index-url|(?:@[\w-]{1,60}:)?registry|npmRegistryServer|index|find-links)\s{0,8}[=:]\s{0,8}["']?(?:sparse\+)?|(?<=^|\n|\\n)\s{0,20}source\s{1,8}["']|<url>\s{0,8})http:\/\//gi;

function toHttps(model: DockerfileModel, range: TextRange): readonly TextEdit[] | undefined {
  const at = textAt(model, range).indexOf('http://');
  if (at < 0) return undefined;
  const start = offsetAt(model.document, range.start) + at + 'http'.length;
  return [insertAt(rangeAt(model.document, start, start).start, 's')];
}
