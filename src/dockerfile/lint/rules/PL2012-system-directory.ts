import type { DockerfileModel, DockerWord, Instruction } from '../../syntax/model.ts';
import { expandVariables } from '../../syntax/docker-words.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2012',
  slug: 'system-directory',
  title: 'WORKDIR or VOLUME on a system directory',
  severity: 'medium',
  aliases: ['DS-0030'],
  fixable: 'suggested',
  docs: {
    reports:
      'WORKDIR or VOLUME in /proc, /sys, /dev or /boot, or on /bin, /sbin, /lib, /etc, /usr and their like themselves; a VOLUME on /, /root, /home or /var too. A WORKDIR on / and directories below /etc, /usr and /var are not reported.',
    why: 'A working directory such as /proc/self/fd/8 has led out of the container (CVE-2024-21626). A volume on /etc or /usr/bin lets one container change what the next one runs and whom it trusts, and hides every later update of these files.',
    fix: 'Use a directory of the application, such as /app or /srv/app, and a volume for its data alone.',
    bad: [
      'FROM alpine:3.20\nWORKDIR /proc/self/fd/8\n',
      'FROM alpine:3.20\nWORKDIR /etc\n',
      'FROM alpine:3.20\nVOLUME /etc\n',
      'FROM alpine:3.20\nVOLUME ["/data", "/usr/bin"]\n',
      'FROM alpine:3.20\nENV D=/sys\nWORKDIR $D/kernel\n',
    ],
    good: [
      'FROM alpine:3.20\nWORKDIR /\nWORKDIR /usr/src/app\nWORKDIR /etc/nginx\nVOLUME /var/lib/data /etc/nginx/conf.d\n',
      'FROM alpine:3.20\nVOLUME ["/data", "/dev/shm"]\nWORKDIR proc\n',
    ],
    references: ['https://nvd.nist.gov/vuln/detail/CVE-2024-21626', 'https://docs.docker.com/reference/dockerfile/#workdir'],
  },
  *check(model) {
    for (const instruction of model.instructions) {
      const { keyword } = instruction;
      if (keyword !== 'WORKDIR' && keyword !== 'VOLUME') continue;
      const { args } = instruction;
      for (const word of keyword === 'WORKDIR' ? args.slice(0, 1) : args) {
        const path = pathOf(model, instruction, word);
        if (path === undefined || !isSystemDirectory(path, keyword)) continue;
        const instead = keyword === 'WORKDIR' ? '/app' : '/data';
        yield {
          message: `${path === '' ? '/' : path} belongs to the system, not to the application`,
          range: word.range,
          fixes: fixWith('suggested', `Use ${instead}`, [replaceRange(word.range, instead)]),
        };
      }
    }
  },
};

const KERNEL = /^\/(?:proc|sys|dev|boot|initrd|lost\+found)(?:\/|$)/;
const SYSTEM = /^\/(?:bin|sbin|lib|lib32|lib64|libx32|etc|usr|usr\/(?:bin|sbin|lib|lib64|local\/s?bin))$/;

function isSystemDirectory(path: string, keyword: string): boolean {
  if (KERNEL.test(path)) return !/^\/dev\/(?:shm|mqueue)(?:\/|$)/.test(path);
  return SYSTEM.test(path) || (keyword === 'VOLUME' && /^(?:|\/root|\/var|\/home)$/.test(path));
}

/** Returns an absolute path without the slashes at its end and without dots; undefined for any other. */
function pathOf(model: DockerfileModel, instruction: Instruction, word: DockerWord): string | undefined {
  const { value } = expandVariables(word.text, model.escape, (name) => model.resolveVariable(name, instruction));
  if (!value.startsWith('/')) return undefined;
  const parts: string[] = [];
  for (const part of value.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.map((part) => `/${part}`).join('');
}
