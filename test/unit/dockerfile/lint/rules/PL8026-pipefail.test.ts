import { rule } from '../../../../../src/dockerfile/lint/rules/PL8026-pipefail.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b\nFROM a:1\nRUN set -euxo pipefail && a | b\n',
    'FROM a:1 AS x\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nFROM x\nRUN a | b\n',
    'FROM a:1\nRUN a || b && echo "a | b" && printf x | a && yes | b && V=$(a | b)\n',
    'FROM a:1\nRUN bash -eo pipefail -c "a | b"\nCMD a | b\nHEALTHCHECK CMD a | b\n',
    'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN dir | find "a"\nSHELL ["powershell"]\nRUN a | b\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN curl x | tar xz\n', at: 'curl', fixed: 'FROM a:1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl x | tar xz\n' },
    {
      code: 'FROM alpine:3.20\nRUN a && (b | c) && d | e\n',
      at: 'b',
      fixed: 'FROM alpine:3.20\nSHELL ["/bin/ash", "-eo", "pipefail", "-c"]\nRUN a && (b | c) && d | e\n',
    },
    { code: 'FROM a:1\nRUN echo x | a | b\n', at: 'echo' },
    { code: 'FROM a:1\nRUN sh -c "a | b"; set -o pipefail\n', at: 'a' },
    { code: 'FROM a:1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM a:1\nSHELL ["/bin/bash", "-c"]\nRUN a |& b\n', at: 'a' },
  ],
});
