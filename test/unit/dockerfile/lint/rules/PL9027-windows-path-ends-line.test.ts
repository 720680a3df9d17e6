import { rule } from '../../../../../src/dockerfile/lint/rules/PL9027-windows-path-ends-line.ts';
import { testRule } from '../../../../support/rule-harness.ts';

const FROM = 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n';

testRule(rule, {
  skip: ['heredoc', 'ONBUILD', 'continued'],
  valid: [
    `${FROM}COPY a C:\\\\\nRUN dir C:\\app\n`,
    `${FROM}RUN copy a C:\\app\\\n&& del a\n`,
    `${FROM}# COPY a C:\\app\\\nRUN <<END\ndir C:\\app\\\nEND\n`,
    `${FROM}RUN echo "C:\\app\\"\nRUN apt:\\\nx\n`,
    `# escape=\`\n${FROM}WORKDIR C:\\app\\\nRUN a\n`,
  ],
  invalid: [
    { code: `${FROM}COPY a C:\\app\\\nRUN dir C:\\app\n`, at: 'C:\\app\\', fixed: `${FROM}COPY a C:/app/\nRUN dir C:\\app\n` },
    { code: `${FROM}WORKDIR C:\\\n`, at: 'C:\\', fixed: `${FROM}WORKDIR C:/\n` },
    { code: `${FROM}RUN mkdir D:\\a\\c\\ \n\nUSER b\n`, at: 'D:\\a\\c\\', fixed: `# escape=\`\n${FROM}RUN mkdir D:\\a\\c\\ \n\nUSER b\n` },
    { code: `${FROM}ADD a C:\\b\\\nCOPY a C:\\c\\\nRUN d\n`, at: ['C:\\b\\', 'C:\\c\\'] },
  ],
});
