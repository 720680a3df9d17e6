import { rule } from '../../../../../src/dockerfile/lint/rules/PL1009-denied-package.ts';
import { testRule } from '../../../../support/rule-harness.ts';

const only = (line: string): string => `FROM a:1\nRUN ${line}\n`;

testRule(rule, {
  policy: { deniedPackages: ['nmap', 'pip:Foo.Bar', 'left-*', 'github.com/x/y', 'apt:xz-utils'], deniedVendors: ['@acme/', 'evil', 'com.evil'] },
  valid: [
    only('apt-get remove nmap; apt-get install -y nmap-common; apk info nmap; echo apt install nmap'),
    only('npm i foo-bar acme && pip install foo && go install github.com/x/yy@v1 && yum install xz-utils'),
    only('composer require good/evil && mvn dependency:get -Dartifact=com.evilish:a:1'),
  ],
  invalid: [
    {
      code: only('apt-get install -y --no-install-recommends curl nmap=7.9 && b'),
      at: 'nmap=7.9',
      fixed: only('apt-get install -y --no-install-recommends curl && b'),
    },
    { code: only('sudo apk add --no-cache nmap'), at: 'nmap', fixed: 'FROM a:1\n' },
    { code: only('dnf -y install nmap-7.9-1.el9'), at: 'nmap-7.9-1.el9' },
    { code: only('python3 -m pip install "foo_bar[x]>=1" a'), at: '"foo_bar[x]>=1"' },
    { code: only('npm install -g left-pad@1 @acme/x@2'), at: ['left-pad@1', '@acme/x@2'] },
    { code: only('go install github.com/x/y/cmd/z@v1'), at: 'github.com/x/y/cmd/z@v1' },
    { code: only('composer require evil/lib:^1'), at: 'evil/lib:^1' },
    { code: only('mvn dependency:get -Dartifact=com.evil.sub:a:1'), at: '-Dartifact=com.evil.sub:a:1' },
    { code: only('npm install nmap@^1 b'), at: 'nmap@^1', fixed: only('npm install b') },
    { code: only('apt install xz-utils'), at: 'xz-utils' },
    {
      code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN choco install nmap -y && b\n',
      at: 'nmap',
      fixed: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nRUN b\n',
    },
  ],
});
