import type { TextEdit, TextRange } from '../../../foundation/model/text-range.ts';
import type { ShellCommand } from '../../syntax/shell/command.ts';
import { commandsNamed, nameWord, optionsOf } from '../queries/commands.ts';
import { dropCommand } from '../queries/drop-command.ts';
import { fixWith, replaceRange } from '../queries/edits.ts';
import { isSearchedFor } from '../queries/sed.ts';
import { matchesIn, writtenTexts } from '../queries/written-text.ts';
import type { Rule } from '../rule.ts';

export const rule: Rule = {
  id: 'PL2016',
  slug: 'kernel-protection-off',
  title: 'Protection of the kernel turned off',
  severity: 'high',
  aliases: [],
  fixable: 'suggested',
  docs: {
    reports:
      'setenforce 0, SELINUX=disabled or permissive, AppArmor torn down or its service disabled, and kernel settings that switch a protection off (address randomisation, ptrace scope, BPF, pointer hiding, link protection, SYN cookies, …) by sysctl or in its files.',
    why: 'In an image the command has no effect, or, where the container is privileged, one on the whole host: the flaw in one program is then a way to everything. As configuration it waits for a machine that reads it.',
    fix: 'Remove it. What a program needs beyond the default profile goes into a profile of its own, given to that container at run time.',
    bad: [
      'FROM rockylinux:9\nRUN setenforce 0\n',
      'FROM rockylinux:9\nRUN sed -i s/SELINUX=enforcing/SELINUX=disabled/ /etc/selinux/config\n',
      'FROM ubuntu:24.04\nRUN systemctl disable apparmor && aa-teardown\n',
      'FROM ubuntu:24.04\nRUN sysctl -w kernel.randomize_va_space=0\n',
      'FROM ubuntu:24.04\nRUN echo 0 > /proc/sys/kernel/yama/ptrace_scope\n',
      'FROM ubuntu:24.04\nRUN echo "kernel.unprivileged_bpf_disabled = 0" >> /etc/sysctl.conf\n',
    ],
    good: [
      'FROM rockylinux:9\nRUN setenforce 1 && sed -i s/SELINUX=permissive/SELINUX=enforcing/ /etc/selinux/config\n',
      'FROM ubuntu:24.04\nRUN sysctl -w vm.max_map_count=262144 net.core.somaxconn=1024 && sysctl kernel.randomize_va_space && systemctl disable cups\n',
    ],
    references: ['https://docs.kernel.org/admin-guide/sysctl/kernel.html', 'https://docs.docker.com/engine/security/apparmor/'],
  },
  *check(model) {
    for (const command of commandsNamed(model, ...SWITCHES)) {
      const name = nameWord(command);
      if (name === undefined || !switchesOff(command)) continue;
      yield {
        message: `${[command.name, ...command.args.slice(0, 2).map(({ value }) => value)].join(' ')} turns a protection of the kernel off`,
        range: name.range,
        fixes: fixWith('suggested', 'Remove it', dropCommand(model, command)),
      };
    }
    for (const command of model.commands()) {
      for (const { target, range } of command.redirects) {
        const setting = PROC.exec(target?.value ?? '')?.[1]?.replaceAll('/', '.');
        const value = command.args.at(-1)?.value ?? '';
        if (setting === undefined || !isWeak(setting, value)) continue;
        yield {
          message: `${setting} = ${value} turns a protection of the kernel off`,
          range,
          fixes: fixWith('suggested', 'Remove it', dropCommand(model, command)),
        };
      }
    }
    for (const text of writtenTexts(model)) {
      if (!SIGNS.test(text.source.text)) continue;
      for (const { range, match } of matchesIn(model, text, LINE)) {
        const [line, setting, value = ''] = match;
        if ((setting !== undefined && !isWeak(setting, value)) || isSearchedFor(text.source.text, match.index)) continue;
        yield {
          message: `${line} turns a protection of the kernel off`,
          range,
          fixes: fixWith('suggested', 'Turn it on', turnOn(text.written, line, setting, range)),
        };
      }
    }
  },
};

const SWITCHES = ['setenforce', 'aa-teardown', 'aa-disable', 'aa-complain', 'apparmor_parser', 'systemctl', 'service', 'update-rc.d', 'grubby'];

function switchesOff(command: ShellCommand): boolean {
  const { name, args } = command;
  const values = optionsOf(command).operands.map(({ value }) => value);
  switch (name) {
    case 'setenforce':
      return /^(?:0|permissive)$/i.test(values[0] ?? '');
    case 'apparmor_parser':
      return args.some(({ value }) => /^(?:-[a-zA-Z]*R[a-zA-Z]*|--remove)$/.test(value));
    case 'systemctl':
      return /^(?:disable|stop|mask)$/.test(values[0] ?? '') && values.slice(1).some((value) => /^(?:apparmor|auditd)(?:\.service)?$/.test(value));
    case 'service':
      return values[0] === 'apparmor' && /^(?:stop|teardown)$/.test(values[1] ?? '');
    case 'update-rc.d':
      return values[0] === 'apparmor' && /^(?:remove|disable)$/.test(values[1] ?? '');
    case 'grubby':
      return args.some(({ value }) => /(?:^|[\s=])(?:selinux|apparmor|enforcing)=0\b/.test(value));
    default:
      return true;
  }
}

const PROC = /^\/proc\/sys\/((?:[\w-]{1,60}\/){1,5}[\w-]{1,60})$/;

/** The value that switches a protection off, by the setting's name. From the kernel's own documentation. */
const WEAK: ReadonlyMap<string, RegExp> = new Map([
  ['kernel.randomize_va_space', /^[01]$/],
  ['kernel.yama.ptrace_scope', /^0$/],
  ['kernel.unprivileged_bpf_disabled', /^0$/],
  ['net.core.bpf_jit_harden', /^0$/],
  ['kernel.kptr_restrict', /^0$/],
  ['kernel.dmesg_restrict', /^0$/],
  ['kernel.perf_event_paranoid', /^(?:-1|0)$/],
  ['kernel.sysrq', /^1$/],
  ['kernel.modules_disabled', /^0$/],
  ['kernel.apparmor_restrict_unprivileged_userns', /^0$/],
  ['fs.protected_symlinks', /^0$/],
  ['fs.protected_hardlinks', /^0$/],
  ['fs.protected_fifos', /^0$/],
  ['fs.protected_regular', /^0$/],
  ['fs.suid_dumpable', /^[12]$/],
  ['vm.mmap_min_addr', /^0$/],
  ['vm.unprivileged_userfaultfd', /^1$/],
  ['net.ipv4.tcp_syncookies', /^0$/],
]);

function isWeak(setting: string, value: string): boolean {
  if (/^net\.ipv[46]\.conf\.[\w*-]+\.(?:accept_redirects|accept_source_route)$/.test(setting)) return value === '1';
  return WEAK.get(setting)?.test(value) === true;
}

const SIGNS = /SELINUX\s{0,4}=|(?:kernel|net|fs|vm)\./;
/** A line of sysctl's files or an argument of sysctl; one of /etc/selinux/config, or the second half of the sed that makes it. */
const LINE =
  /(?<=^|\n|\\n)((?:kernel|net|fs|vm)\.[\w.*-]{3,80})[ \t]{0,8}=[ \t]{0,8}(-?\d)(?=$|[\s\\])|(?<=^|\n|\\n|[/|#,])SELINUX\s{0,4}=\s{0,4}(?:disabled|permissive)\b/g;

function turnOn(written: boolean, line: string, setting: string | undefined, range: TextRange): readonly TextEdit[] | undefined {
  if (!written) return undefined;
  if (setting === undefined) return [replaceRange(range, line.replace(/\w+$/, 'enforcing'))];
  const safe = /accept_|sysrq|suid_dumpable|userfaultfd/.test(setting) ? '0' : (SAFE.get(setting) ?? '1');
  return [replaceRange(range, line.replace(/-?\d$/, safe))];
}

const SAFE: ReadonlyMap<string, string> = new Map([
  ['kernel.randomize_va_space', '2'],
  ['kernel.perf_event_paranoid', '2'],
  ['vm.mmap_min_addr', '65536'],
]);
