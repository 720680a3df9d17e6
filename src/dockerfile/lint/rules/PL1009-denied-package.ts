import type { TextEdit } from '../../../foundation/model/text-range.ts';
import type { DockerfileModel } from '../../syntax/model.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { dropStatement } from '../queries/drop-statement.ts';
import { fixWith, removeWord } from '../queries/edits.ts';
import { installedPackages, type InstalledPackage } from '../queries/installed-packages.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL1009',
  slug: 'denied-package',
  title: 'Package that must not be installed',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'A package of `deniedPackages`, or of a vendor in `deniedVendors` (an npm scope, a Composer vendor, a Go path, a Maven group), in an install command of apt, apk, yum, dnf, zypper, pip, conda, npm, yarn, pnpm, gem, go, cargo, composer, dotnet, choco, winget, brew, mvn or PowerShell. Silent while both lists are empty. Packages that come with another one are found by a scan, not here.',
    why: 'The configuration names it because it was malicious, is no longer maintained, or may not be used: it would be in every container.',
    fix: 'Leave it out, or use what the policy names in its place.',
    policy: { deniedPackages: ['telnetd', 'npm:event-stream', 'python-nmap*'], deniedVendors: ['@acme', 'github.com/acme'] },
    bad: [
      'FROM debian:13\nRUN apt-get update && apt-get install -y curl telnetd=0.17\n',
      'FROM node:24\nRUN npm install event-stream@3.3.6 @acme/tool\n',
      'FROM golang:1.25\nRUN go install github.com/acme/tool/cmd/x@v1.0.0\n',
      'FROM python:3.13\nRUN pip install Python_Nmap-extra==1.0\n',
    ],
    good: [
      'FROM debian:13\nRUN apt-get install -y curl event-stream && echo telnetd\n',
      'FROM node:24\nRUN npm install event-streams @acmee/tool && npm uninstall event-stream\n',
      'FROM golang:1.25\nRUN go install github.com/acme-tools/x@v1.0.0\n',
    ],
    references: ['https://attack.mitre.org/techniques/T1195/001/'],
  },
  *check(model, { policy }) {
    const packages = policy.deniedPackages.map(toEntry);
    const vendors = policy.deniedVendors.map(toEntry);
    if (packages.length === 0 && vendors.length === 0) return;
    for (const installed of installedPackages(model)) {
      const isDenied = packages.some((entry) => matches(entry, installed));
      if (!isDenied && !vendors.some((entry) => isOf(entry, installed))) continue;
      yield {
        message: isDenied
          ? `${installed.name} must not be installed: the configuration denies it`
          : `The configuration denies packages of the vendor of ${installed.name}`,
        range: installed.word.range,
        fixes: fixWith('suggested', `Leave ${installed.name} out`, leaveOut(model, installed)),
      };
    }
  },
};

interface Entry {
  /** Undefined: in any. */
  readonly ecosystem: string | undefined;
  readonly name: string;
}

const ECOSYSTEMS: ReadonlyMap<string, string> = new Map([
  ...[
    'deb',
    'apk',
    'rpm',
    'pypi',
    'conda',
    'npm',
    'gem',
    'go',
    'cargo',
    'composer',
    'nuget',
    'choco',
    'winget',
    'brew',
    'powershell',
    'maven',
    'windows',
  ].map((name) => [name, name] as const),
  ['apt', 'deb'],
  ['pip', 'pypi'],
  ['golang', 'go'],
]);

/** Reads `npm:event-stream`, `telnetd`, `python-*`. */
function toEntry(text: string): Entry {
  const plain = text.trim().toLowerCase();
  const colon = plain.indexOf(':');
  const ecosystem = colon < 0 ? undefined : ECOSYSTEMS.get(plain.slice(0, colon));
  return { ecosystem, name: ecosystem === undefined ? plain : plain.slice(colon + 1) };
}

function matches(entry: Entry, { ecosystem, name }: InstalledPackage): boolean {
  if (entry.ecosystem !== undefined && entry.ecosystem !== ecosystem) return false;
  const denied = ecosystem === 'pypi' ? entry.name.replaceAll(/[-_.]+/g, '-') : entry.name;
  if (denied.endsWith('*')) return denied.length > 1 && name.startsWith(denied.slice(0, -1));
  return denied !== '' && (name === denied || (ecosystem === 'go' && name.startsWith(`${denied}/`)));
}

function isOf(entry: Entry, { ecosystem, name }: InstalledPackage): boolean {
  if (entry.name === '' || (entry.ecosystem !== undefined && entry.ecosystem !== ecosystem)) return false;
  const vendor = entry.name.replace(/[/:*]{1,9}$/, '');
  return name.startsWith(`${vendor}/`) || (ecosystem === 'maven' && (name.startsWith(`${vendor}:`) || name.startsWith(`${vendor}.`)));
}

function leaveOut(model: DockerfileModel, { command, word, isOnly }: InstalledPackage): readonly TextEdit[] | undefined {
  if (!isOnly) return removeWord(model, command, word);
  return command.language === 'powershell' || command.language === 'cmd' ? dropStatement(model, command) : dropCommand(model, command);
}
