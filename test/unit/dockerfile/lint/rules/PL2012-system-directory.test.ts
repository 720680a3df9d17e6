import { rule } from '../../../../../src/dockerfile/lint/rules/PL2012-system-directory.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  skip: ['ONBUILD'],
  valid: [
    'FROM a:1\nWORKDIR /\nWORKDIR /usr/local/app\nWORKDIR etc\nWORKDIR /etc/app\nWORKDIR /root\nWORKDIR /development\nWORKDIR $UNKNOWN/etc\n',
    'FROM a:1\nVOLUME /var/log\nVOLUME ["/tmp", "/run", "/dev/shm", "/usr/share/a"]\n',
  ],
  invalid: [
    { code: 'FROM a:1\nWORKDIR /proc/self/fd/7\n', at: '/proc/self/fd/7', fixed: 'FROM a:1\nWORKDIR /app\n' },
    { code: 'FROM a:1\nWORKDIR "/boot/"\n', at: '"/boot/"' },
    { code: 'FROM a:1\nENV P=/usr\nWORKDIR ${P}/./bin/\n', at: '${P}/./bin/' },
    { code: 'FROM a:1\nWORKDIR /app/../etc\n', at: '/app/../etc' },
    { code: 'FROM a:1\nVOLUME /etc /sys/fs/cgroup\n', at: ['/etc', '/sys/fs/cgroup'], fixed: 'FROM a:1\nVOLUME /data /data\n' },
    { code: 'FROM a:1\nVOLUME ["/", "/a"]\n', at: '/', fixed: 'FROM a:1\nVOLUME ["/data", "/a"]\n' },
  ],
});
