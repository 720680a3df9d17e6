import { rule } from '../../../../../src/dockerfile/lint/rules/PL4001-curl-insecure.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nHEALTHCHECK CMD curl -fk https://localhost:8443/health || exit 1\nRUN curl -k https://127.0.0.1/x\n',
    'FROM a:1\nHEALTHCHECK CMD ["sh", "-c", "curl -k -s $(cat /url)"]\n',
    'FROM a:1\nRUN curl -H -k https://example.com && curl -ok https://example.com && curl -- -k\n',
    'FROM a:1\nRUN apt-get install -y curl -k; echo "curl -k"; grep -k curl\n',
    'FROM a:1\nRUN <<E\n#!/usr/bin/env python3\ncurl -k\nE\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN curl -k https://example.com\n', at: '-k', safelyFixed: 'FROM a:1\nRUN curl https://example.com\n' },
    { code: 'FROM a:1\nRUN curl -fsSkL x | tar x\n', at: '-fsSkL', safelyFixed: 'FROM a:1\nRUN curl -fsSL x | tar x\n' },
    { code: 'FROM a:1\nRUN a && \\\n  curl \\\n  -k \\\n  x\n', at: '-k', safelyFixed: 'FROM a:1\nRUN a && \\\n  curl \\\n  \\\n  x\n' },
    { code: 'FROM a:1\nRUN f=-k; curl $f x\n', at: '$f', safelyFixed: 'FROM a:1\nRUN f=-k; curl $f x\n' },
    { code: 'FROM a:1\nRUN bash -c "set -e; curl --insecure x"\n', at: '--insecure', safelyFixed: 'FROM a:1\nRUN bash -c "set -e; curl x"\n' },
    { code: 'FROM a:1\nRUN ["/bin/sh", "-c", "curl -k x"]\n', at: '-k', safelyFixed: 'FROM a:1\nRUN ["/bin/sh", "-c", "curl x"]\n' },
    { code: 'FROM a:1\nRUN sudo -E env A=b timeout 5 curl -k x\n', at: '-k' },
    { code: 'FROM a:1\nRUN (if a; then b $(curl -k x); fi)\n', at: '-k' },
    { code: 'FROM a:1\nRUN f() { curl -k "$1"; }; f x; xargs -n1 curl -sk < y\n', at: ['-k', '-sk'] },
    { code: 'FROM a:1\nHEALTHCHECK CMD curl -kf https://example.com/ok\n', at: '-kf' },
    { code: 'FROM a:1\nRUN bash <<E\ncurl -k x\nE\n', at: '-k' },
    { code: 'FROM a:1\nRUN cat <<E | sh\ncurl -k x\nE\n', at: '-k' },
    { code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN cd C:\\x && curl.exe -k x\n', at: '-k' },
    { code: '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN A; curl.exe -k x | B\n', at: '-k' },
  ],
});
