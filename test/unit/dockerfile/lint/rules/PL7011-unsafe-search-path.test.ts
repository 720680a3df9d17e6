import { rule } from '../../../../../src/dockerfile/lint/rules/PL7011-unsafe-search-path.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nENV PATH="/a/bin:${PATH}" LD_LIBRARY_PATH=/usr/lib:$LD_LIBRARY_PATH\n',
    'FROM a:1\nENV PATH=$PATH:.\nENV PATH=${PATH:+$PATH:}/x PATHS=.:/a\n',
    'FROM a:1\nENV LD_PRELOAD=libtcmalloc.so.4:/usr/lib/libstdc++.so.6\nENV LD_PRELOAD=$X\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nENV PATH=C:\\\\x;C:\\\\y\n',
    'FROM a:1\nARG PATH=.:/a\nENV LD_PRELOAD= PATH=\n',
    'FROM a:1\nENV D=/opt/x\nENV PATH=$D/bin:$PATH\n',
  ],
  invalid: [
    { code: 'FROM a:1\nENV PATH=.:$PATH\n', at: 'PATH=.:$PATH', fixed: 'FROM a:1\nENV PATH=$PATH\n' },
    {
      code: 'FROM a:1\nENV A=1 PATH="/usr/bin:./bin:/bin" B=2\n',
      at: 'PATH="/usr/bin:./bin:/bin"',
      fixed: 'FROM a:1\nENV A=1 PATH="/usr/bin:/bin" B=2\n',
    },
    { code: 'FROM a:1\nENV PATH node_modules/.bin:/bin\n', at: 'PATH node_modules/.bin:/bin', fixed: 'FROM a:1\nENV PATH /bin\n' },
    { code: 'FROM a:1\nENV LD_LIBRARY_PATH=::/usr/lib\n', at: 'LD_LIBRARY_PATH=::/usr/lib', fixed: 'FROM a:1\nENV LD_LIBRARY_PATH=/usr/lib\n' },
    {
      code: 'FROM a:1\nARG T=/tmp\nENV PATH=${T}/b:${PATH:-/bin}\n',
      at: 'PATH=${T}/b:${PATH:-/bin}',
      fixed: 'FROM a:1\nARG T=/tmp\nENV PATH=${PATH:-/bin}\n',
    },
    { code: 'FROM a:1\nENV PATH=.\nRUN a\n', at: 'PATH=.', fixed: 'FROM a:1\nRUN a\n' },
    { code: 'FROM a:1\nENV LD_PRELOAD=/dev/shm/libjemalloc.so\n', at: 'LD_PRELOAD=/dev/shm/libjemalloc.so' },
    { code: 'FROM a:1\nENV LD_PRELOAD="libjemalloc.so.2 /usr/lib/libx.so"\n', at: 'LD_PRELOAD="libjemalloc.so.2 /usr/lib/libx.so"' },
  ],
});
