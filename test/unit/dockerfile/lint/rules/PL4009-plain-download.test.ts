import { rule } from '../../../../../src/dockerfile/lint/rules/PL4009-plain-download.ts';
import { testRule } from '../../../../support/rule-harness.ts';

testRule(rule, {
  valid: [
    'FROM a:1\nRUN curl https://h.example.com/a && curl http://127.0.0.1:80/ && wget http://localhost/a && curl http://[::1]/ && curl -x http://proxy:1 https://h/a\n',
    'FROM a:1\nRUN echo http://example.com && git config --global http.proxy http://p:1 && curl -H "Referer: http://a" -d http://b https://h/a\n',
    'FROM a:1\nRUN wget -O a http://example.com/a && sha256sum -c sums && curl -o b http://example.com/b && gpg --verify b.asc b\n',
    'FROM a:1\nCMD curl http://example.com/\nENTRYPOINT ["wget", "http://example.com"]\n',
    'FROM a:1\nRUN apt-get update && apk add --repository http://dl-cdn.alpinelinux.org/alpine/edge/main b && curl -o /tmp/a.tar https://h.example.com/a\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN curl -O http://example.com/a\n', at: 'http://example.com/a', fixed: 'FROM a:1\nRUN curl -O https://example.com/a\n' },
    {
      code: 'FROM a:1\nRUN wget "http://example.com/a?b=c" && tar xf a\n',
      at: 'http://example.com/a?b=c',
      fixed: 'FROM a:1\nRUN wget "https://example.com/a?b=c" && tar xf a\n',
    },
    { code: 'FROM a:1\nRUN curl --url http://u:p@example.com/a --output b\n', at: 'http://u:p@example.com/a' },
    {
      code: 'FROM a:1\nRUN wget -qO- example.com/a.sh | sh\n',
      at: 'example.com/a.sh',
      fixed: 'FROM a:1\nRUN wget -qO- https://example.com/a.sh | sh\n',
    },
    { code: 'FROM a:1\nRUN git clone git://example.com/a && svn co svn://example.com/b\n', at: ['git://example.com/a', 'svn://example.com/b'] },
    {
      code: 'FROM a:1\nRUN ftp://x; wget ftp://example.com/a\n',
      at: 'ftp://example.com/a',
      fixed: 'FROM a:1\nRUN ftp://x; wget https://example.com/a\n',
    },
    { code: 'FROM a:1\nARG U=http://example.com\nRUN wget $U/a\nADD $U/b /b\n', at: ['$U/a', '$U/b'] },
    { code: 'FROM a:1\nADD --chown=1 http://example.com/a ftp://example.com/b /a/\n', at: ['http://example.com/a', 'ftp://example.com/b'] },
    { code: 'FROM a:1\nADD ["http://example.com/a", "/a"]\n', at: 'http://example.com/a', fixed: 'FROM a:1\nADD ["https://example.com/a", "/a"]\n' },
    { code: 'FROM a:1\nRUN ["curl", "-o", "/a", "http://example.com/a"]\n', at: 'http://example.com/a' },
    {
      code: 'FROM a:1\nRUN rpm --import http://example.com/key && yum install -y http://example.com/a.rpm\n',
      at: ['http://example.com/key', 'http://example.com/a.rpm'],
    },
    {
      code: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell"]\nRUN iwr http://example.com/a -OutFile a\n',
      at: 'http://example.com/a',
    },
    {
      code: `FROM a:1\nRUN wget http://example.com/a http://example.com/b && echo "${'0a'.repeat(32)}  a" | sha256sum -c\n`,
      at: 'http://example.com/b',
    },
  ],
});
