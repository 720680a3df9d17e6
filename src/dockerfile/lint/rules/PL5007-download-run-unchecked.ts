import { findFlags, optionsOf, commandsNamed } from '../queries/commands.ts';
import { CHECKSUM_PLACEHOLDER, insertCheck, unfoldUnpacking } from '../queries/checksum-edits.ts';
import { downloadLookUp } from '../queries/download-source.ts';
import { fixWith } from '../queries/edits.ts';
import { uncheckedDownloads } from '../queries/unchecked-downloads.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL5007',
  slug: 'download-run-unchecked',
  title: 'Download run or installed without a check',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A file that curl, wget and the like download and that is then run, made executable, installed (dpkg, apt, rpm, dnf, pip …) or unpacked and run, in the same RUN or a later one of the stage, with no checksum or signature check of it before; rpm, dnf and yum given a URL too. Downloads that are only read or unpacked are not reported.',
    why: 'TLS says which server answered, not what it serves: whoever takes over the server, the account that publishes there, a mirror or a lapsed domain has his program run in the build and in every container made from the image. A moved tag or a half transfer goes unnoticed as well.',
    fix: 'Write the checksum of the file that was looked at into the Dockerfile and check it with `sha256sum -c` right behind the download, or verify the signature against a key named by its whole fingerprint; or install the package from a signed repository.',
    bad: [
      'FROM debian:12\nRUN curl -fsSL https://example.com/install.sh -o /tmp/install.sh && sh /tmp/install.sh\n',
      'FROM debian:12\nRUN wget https://example.com/tool-1.2.deb\nRUN dpkg -i tool-1.2.deb\n',
      'FROM debian:12\nRUN curl -Lo /usr/local/bin/tool https://example.com/tool && chmod +x /usr/local/bin/tool\n',
      'FROM debian:12\nRUN curl -fsSL https://example.com/go.tgz | tar -C /usr/local -xz\n',
      'FROM debian:12\nWORKDIR /src\nRUN wget -q https://example.com/a-1.0.tar.gz && tar xzf a-1.0.tar.gz && cd a-1.0 && ./configure && make install\n',
      'FROM rockylinux:9\nRUN dnf install -y https://example.com/a.rpm\n',
    ],
    good: [
      'FROM debian:12\nRUN curl -fsSL https://example.com/install.sh -o /tmp/i.sh && echo "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef  /tmp/i.sh" | sha256sum -c - && sh /tmp/i.sh\n',
      'FROM debian:12\nRUN wget https://example.com/tool.deb https://example.com/tool.deb.asc\nRUN gpg --verify tool.deb.asc tool.deb && dpkg -i tool.deb\n',
      'FROM debian:12\nRUN curl -fsSL https://example.com/site.tgz | tar -xz -C /var/www && curl -o /etc/app.json https://example.com/app.json\n',
      'FROM debian:12\nCOPY install.sh /tmp/\nRUN curl -fsSLo /tmp/data.json https://example.com/data.json && sh /tmp/install.sh\n',
    ],
    references: [
      'https://docs.docker.com/build/building/best-practices/',
      'https://slsa.dev/spec/v1.0/threats',
      'https://cwe.mitre.org/data/definitions/494.html',
    ],
  },
  *check(model) {
    for (const { command, file, unpacker, use } of uncheckedDownloads(model)) {
      const edits = unpacker === undefined ? insertCheck(model, command, file ?? '') : unfoldUnpacking(model, command, unpacker);
      const what = shorten(file ?? use.name);
      yield {
        message: `What ${command.name} downloads (${what}) is ${use.kind === 'run' ? 'run' : 'installed'} without a check of its checksum or signature`,
        range: use.range,
        fixes: fixWith('suggested', 'Check its SHA-256 right after the download', edits, downloadLookUp(CHECKSUM_PLACEHOLDER, command)),
      };
    }
    for (const command of commandsNamed(model, ...RPM_TOOLS)) {
      if (command.name === 'rpm' ? !installsFile(command.args.map(({ value }) => value)) : !isInstall(optionsOf(command).operands[0]?.value))
        continue;
      if (findFlags(command, { long: 'import' }).length > 0) continue;
      for (const word of optionsOf(command).operands) {
        if (!/^(?:https?|ftp):\/\//i.test(word.value)) continue;
        yield {
          message: `${command.name} installs what this URL serves; files that stand in no repository are not checked for a signature`,
          range: word.range,
        };
      }
    }
  },
};

const RPM_TOOLS = ['rpm', 'yum', 'dnf', 'dnf5', 'microdnf', 'tdnf'];

function installsFile(args: readonly string[]): boolean {
  return (
    args.some((value) => /^(?:-[A-Za-z]*[iUF][A-Za-z]*|--install|--upgrade|--freshen)$/.test(value)) &&
    !args.some((value) => /^-[A-Za-z]*q/.test(value))
  );
}

function isInstall(verb: string | undefined): boolean {
  return /^(?:(?:local|re)?install|localupdate|upgrade|update)$/.test(verb ?? '');
}

function shorten(name: string): string {
  const plain = name.replaceAll(/\s+/g, ' ');
  return plain.length > 60 ? `…${plain.slice(-59)}` : plain;
}
