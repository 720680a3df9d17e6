import { rule } from '../../../../../src/dockerfile/lint/rules/PL5001-download-piped-to-interpreter.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN curl x -o y && sh y; curl x | tar xz; curl x | python3 -m json.tool; curl x | perl -pe s/a/b/\n',
    'FROM a:1\nRUN wget x | sh; curl -O x | sh; curl x > y | sh; curl --version | sh\n',
    'FROM a:1\nRUN curl x | sh y.sh; curl x | bash -c "cat"; curl x | node y.js; curl x | sudo tee y\n',
    'FROM a:1\nRUN echo "$(curl x)" && bash y <(curl x) && A=$(curl x) sh y && eval "A=$(curl x)"\n',
    'FROM a:1\nRUN echo abc | base64 -d > y && diff <(curl x) y\n',
  ],
  invalid: [
    {
      code: 'FROM a:1\nRUN curl -s x | bash\n',
      at: 'bash',
      fixed:
        'FROM a:1\nRUN curl -s x -o /tmp/downloaded-script && echo "REPLACE_WITH_SHA256  /tmp/downloaded-script" | sha256sum -c - && bash /tmp/downloaded-script\n',
    },
    {
      code: 'FROM a:1\nRUN wget -qO- x | sudo -E bash -s -- -y a\n',
      at: 'bash',
      fixed:
        'FROM a:1\nRUN wget -qO/tmp/downloaded-script x && echo "REPLACE_WITH_SHA256  /tmp/downloaded-script" | sha256sum -c - && sudo -E bash /tmp/downloaded-script -y a\n',
    },
    { code: 'FROM a:1\nRUN curl x | sed s/a/b/ | sh -\n', at: 'sh' },
    { code: 'FROM a:1\nRUN curl x |& tee y | bash -ex\n', at: 'bash' },
    { code: 'FROM a:1\nRUN { curl x; echo y; } | sh\n', at: 'sh' },
    { code: 'FROM a:1\nRUN curl x | (cd /a && sh)\n', at: 'sh' },
    { code: 'FROM a:1\nRUN curl x | env A=b python3 - --yes\n', at: 'python3' },
    { code: 'FROM a:1\nRUN curl x | perl\n', at: 'perl' },
    { code: 'FROM a:1\nRUN sh -c "curl x | sh"\n', at: 'sh' },
    { code: 'FROM a:1\nRUN ["sh", "-c", "curl x | sh"]\n', at: 'sh' },
    { code: 'FROM a:1\nRUN bash -c "$(curl -fsSL x)" -- y\n', at: '$(curl -fsSL x)' },
    { code: 'FROM a:1\nRUN python3 -c "$(curl x)"\n', at: '$(curl x)' },
    { code: 'FROM a:1\nRUN eval "$(wget -O - x)" && . <(curl y) && source <(curl z)\n', at: ['$(wget -O - x)', '<(curl y)', '<(curl z)'] },
    { code: 'FROM a:1\nRUN bash < <(curl x)\n', at: '<(curl x)' },
    { code: 'FROM a:1\nRUN bash <<< "$(curl x)"\n', at: '$(curl x)' },
    { code: 'FROM a:1\nRUN `curl x`\n', at: '`curl x`' },
    { code: 'FROM a:1\nRUN S="$(curl x)"; sh -c "$S"\n', at: '$(curl x)' },
    { code: 'FROM a:1\nRUN curl x | base64 -d | sh; echo y | base64 --decode | bash\n', at: ['sh', 'bash'] },
    { code: 'FROM a:1\nRUN curl x | pwsh -Command -\n', at: 'pwsh' },
    { code: 'FROM a:1\nRUN curl -o - x | sh; curl -o /dev/stdout x | sh\n', at: ['sh', 'sh'] },
  ],
});
