import { rule } from '../../../../../src/dockerfile/lint/rules/PL2002-sudo.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: ['FROM a:1\nRUN echo sudo && apt-get install -y sudo\n', 'FROM a:1\nRUN cat <<EOF > /x\nsudo a\nEOF\n'],
  invalid: [
    { code: 'FROM a:1\nRUN a && sudo b -c\n', at: 'sudo', fixed: 'FROM a:1\nRUN a && b -c\n' },
    { code: 'FROM a:1\nRUN (/usr/bin/sudo -E -H b | c)\n', at: '/usr/bin/sudo', fixed: 'FROM a:1\nRUN (b | c)\n' },
    { code: 'FROM a:1\nRUN sudo -u app b\n', at: 'sudo', fixed: 'FROM a:1\nRUN sudo -u app b\n' },
    { code: 'FROM a:1\nRUN sh -c "x; sudo y"\n', at: 'sudo', fixed: 'FROM a:1\nRUN sh -c "x; y"\n' },
    { code: 'FROM a:1\nRUN ["sudo", "-E", "a"]\n', at: 'sudo', fixed: 'FROM a:1\nRUN ["a"]\n' },
    { code: 'FROM a:1\nRUN if true; then for i in 1 2; do sudo b $i; done; fi\n', at: 'sudo' },
  ],
});
