import { rule } from '../../../../../src/dockerfile/lint/rules/PL5007-download-run-unchecked.ts';
import { testRule } from '../../../../support/rule-harness.ts';

const CHECK = 'echo "REPLACE_WITH_SHA256  a.sh" | sha256sum -c -';
const HASH = '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';

testRule(rule, {
  valid: [
    'FROM a:1\nWORKDIR /app\nRUN curl -fsSL https://example.com/b.tar.gz | tar xz -C /app --strip-components=1 && pip install uv\n',
    'FROM a:1\nADD scripts /scripts\nRUN curl -LO https://example.com/site.tar.gz && tar xzf /site.tar.gz -C /var/www && chmod 755 /scripts/*\n',
    // Checked by a checksum, in every form it is written.
    `FROM a:1\nRUN curl -O https://x/a.sh && echo "${HASH}  a.sh" | sha256sum -c - && sh a.sh\n`,
    `FROM a:1\nRUN wget https://x/a.sh; sha256sum -c <<< "${HASH}  a.sh" || exit 1; sh a.sh\n`,
    'FROM a:1\nRUN curl -o /a https://x/a && echo "$SUM */a" | sha512sum --check --status && chmod +x /a && /a\n',
    'FROM a:1\nRUN curl -O https://x/a.sh && [ "$(sha256sum a.sh | cut -d" " -f1)" = "$SUM" ] && sh a.sh\n',
    'FROM a:1\nRUN curl -O https://x/a.sh && test "$SUM" = "$(openssl dgst -sha256 a.sh)" && sh a.sh\n',
    'FROM a:1\nRUN curl -O https://x/a.tgz -O https://x/SUMS && grep " a.tgz$" SUMS | sha256sum -c - && tar xzf a.tgz -C /usr/local\n',
    'FROM a:1\nRUN wget https://x/a.deb && wget https://x/a.deb.sha256 && sha256sum -c a.deb.sha256 && dpkg -i a.deb\n',
    'FROM a:1\nRUN wget https://x/a.deb\nRUN sha256sum -c /sums.txt\nRUN dpkg -i a.deb\n',
    `FROM a:1\nRUN curl -o s.php https://x/s.php && php -r "if (hash_file('sha384', 's.php') !== 'abc') exit(1);" && php s.php\n`,
    'FROM a:1\nRUN curl -fo a https://x/a && chmod +x a && echo "$S  a" | sha256sum -c - && ./a\n',
    // By a signature.
    'FROM a:1\nRUN curl -O https://x/a.tgz -O https://x/a.tgz.asc && gpg --batch --verify a.tgz.asc a.tgz && tar xzf a.tgz && ./a/install\n',
    'FROM a:1\nRUN curl -Lo /usr/bin/a https://x/a && cosign verify-blob --key k.pub --signature a.sig /usr/bin/a && chmod 755 /usr/bin/a\n',
    'FROM a:1\nRUN wget https://x/a && minisign -Vm a -P KEY && chmod +x a\n',
    'FROM a:1\nRUN curl -O https://x/a.rpm && rpm -K a.rpm && rpm -i a.rpm\n',
    // Not run.
    'FROM a:1\nRUN curl -o a.json https://x/a.json && cat a.json && sh b.sh && python c.py a.json\n',
    'FROM a:1\nRUN curl https://x/a.tgz | tar xz -C /srv/www && chmod -x /srv/www/a && chmod 644 b\n',
    'FROM a:1\nRUN wget -P /opt https://x/a.tgz && tar xzf /opt/a.tgz -C /opt\nCOPY . /opt\nRUN /opt/run.sh && cd /opt/b && make\n',
    'FROM a:1\nRUN curl -s https://x/v > /v && V=$(cat /v) && echo "$V" && apt-get install -y a\n',
    'FROM a:1\nRUN curl -o /dev/null https://x/a && curl http://localhost:8080/a.sh -o a.sh && sh a.sh\n',
    'FROM a:1\nRUN curl -o /x/a.sh https://x/a.sh\nFROM b:1\nRUN sh /x/a.sh\n',
    'FROM a:1\nRUN curl -o /x/a.sh https://x/a.sh && sh /y/a.sh\n',
    'FROM a:1\nRUN wget https://x/a.tgz && tar tzf a.tgz && tar czf b.tgz c && ./c/run\n',
    'FROM a:1\nRUN curl https://x/a.tgz | tar xz && /bin/true && /usr/bin/env sh /b\n',
    'FROM a:1\nRUN dnf install -y nginx && rpm --import https://x/key && rpm -qi https://x/a.rpm\n',
    'FROM a:1\nRUN apk add ./a.apk && wget https://x/a.apk && apk add ./a.apk\n',
  ],
  invalid: [
    { code: 'FROM a:1\nRUN curl -O https://x/a.sh && sh a.sh\n', at: 'a.sh', fixed: `FROM a:1\nRUN curl -O https://x/a.sh && ${CHECK} && sh a.sh\n` },
    {
      code: 'FROM a:1\nRUN wget -q https://x/a.sh; chmod +x a.sh; ./a.sh\n',
      at: './a.sh',
      fixed: `FROM a:1\nRUN wget -q https://x/a.sh && ${CHECK} || exit 1; chmod +x a.sh; ./a.sh\n`,
    },
    {
      code: 'FROM a:1\nRUN wget https://x/a.sh\nRUN sh -ex ./a.sh\n',
      at: './a.sh',
      fixed: `FROM a:1\nRUN wget https://x/a.sh && ${CHECK}\nRUN sh -ex ./a.sh\n`,
    },
    { code: 'FROM a:1\nRUN curl https://x/a > /tmp/a.py && python3 /tmp/a.py --yes\n', at: '/tmp/a.py' },
    { code: 'FROM a:1\nRUN curl https://x/a | sudo tee /b > /dev/null && sudo chmod 0755 /b\n', at: '/b' },
    { code: 'FROM a:1\nRUN wget -O- https://x/a.gz | gunzip > /usr/bin/a && chmod a+rx /usr/bin/a\n', at: '/usr/bin/a' },
    { code: 'FROM a:1\nRUN curl -Lo /usr/local/bin/a https://x/a && chmod +x /usr/local/bin/* && a --version\n', at: 'a' },
    { code: 'FROM a:1\nRUN cd /tmp && wget https://x/b.deb && apt-get install -y ./b.deb\n', at: './b.deb' },
    { code: 'FROM a:1\nRUN wget -P /tmp https://x/b.deb && dpkg -i /tmp/*.deb\n', at: '/tmp/*.deb' },
    { code: 'FROM a:1\nWORKDIR /w\nRUN curl -O https://x/b.rpm\nRUN rpm -ivh /w/b.rpm\n', at: '/w/b.rpm' },
    { code: 'FROM a:1\nRUN curl -fO https://x/a.jar\nENTRYPOINT ["java", "-jar", "a.jar"]\n', at: 'a.jar' },
    { code: 'FROM a:1\nRUN T=$(mktemp) && curl -o "$T" https://x/a && bash "${T}"\n', at: '"${T}"' },
    { code: 'FROM a:1\nARG V=1\nRUN curl -o a-$V.sh https://x/a && . ./a-1.sh\n', at: './a-1.sh' },
    { code: 'FROM a:1\nRUN curl -o a https://x/a && mv a /usr/bin/b && chmod +x /usr/bin/b\n', at: '/usr/bin/b' },
    { code: 'FROM a:1\nRUN curl -o a https://x/a && install -m 0755 a /usr/bin/a\n', at: 'a' },
    { code: 'FROM a:1\nRUN curl -o a https://x/a && cat a | sh; curl -o b https://x/b && sh < b\n', at: ['a', 'b'] },
    { code: 'FROM a:1\nRUN curl -O https://x/a.zip && unzip a.zip -d /usr/local/bin\n', at: '/usr/local/bin' },
    { code: 'FROM a:1\nRUN curl -O https://x/a.zip && unzip a.zip && mv a /usr/local/bin/\n', at: 'a' },
    { code: 'FROM a:1\nRUN curl -O https://x/a-1.tgz && tar -xf a-1.tgz -C /opt/a && ln -s /opt/a/bin/a /usr/bin/a\n', at: '/opt/a/bin/a' },
    { code: 'FROM a:1\nRUN mkdir /opt/a && curl https://x/a.tgz | tar xz -C /opt/a\nENV PATH=/opt/a/bin:$PATH\n', at: '/opt/a/bin:$PATH' },
    {
      code: 'FROM a:1\nRUN curl -sL https://x/a.tgz | tar -xzf - -C /usr/local\n',
      at: '/usr/local',
      fixed:
        'FROM a:1\nRUN curl -sL https://x/a.tgz -o /tmp/downloaded-archive && echo "REPLACE_WITH_SHA256  /tmp/downloaded-archive" | sha256sum -c - && tar -xzf /tmp/downloaded-archive -C /usr/local\n',
    },
    { code: 'FROM a:1\nRUN curl -sL https://x/a.tgz | tar xz && cd a-1 && cmake . && make\n', at: 'cmake' },
    { code: 'FROM a:1\nRUN wget -O a.tgz https://x/a.tgz && tar xzf a.tgz && ./a/configure\n', at: './a/configure' },
    { code: 'FROM a:1\nRUN curl -o a.whl https://x/a.whl && pip install --no-cache-dir ./a.whl\n', at: './a.whl' },
    {
      code: 'FROM a:1\nWORKDIR /\nRUN wget https://x/a-1.tar.gz\nRUN tar xzf a-1.tar.gz\nWORKDIR /a-1\nRUN ./configure\nRUN make\n',
      at: './configure',
    },
    { code: 'FROM a:1\nRUN curl https://x/a-1.tgz | tar xz -C /opt\nENV PATH=/opt/a-1/bin:$PATH\n', at: '/opt/a-1/bin:$PATH' },
    { code: 'FROM a:1\nRUN wget https://x/a.zip && unzip a.zip -d /opt\nCMD ["/opt/a/run"]\n', at: '/opt/a/run' },
    {
      code: 'FROM a:1\nRUN if ! curl -O https://x/a.sh; then exit 1; fi; sh a.sh\n',
      at: 'a.sh',
      fixed: 'FROM a:1\nRUN if ! curl -O https://x/a.sh; then exit 1; fi; sh a.sh\n',
    },
    { code: 'FROM a:1\nRUN curl -o a https://x/a || exit 3; sh a\n', at: 'a', fixed: 'FROM a:1\nRUN curl -o a https://x/a || exit 3; sh a\n' },
    // What looks like a check and is none.
    { code: 'FROM a:1\nRUN curl -O https://x/a.sh && sha256sum a.sh && sh a.sh\n', at: 'a.sh' },
    { code: 'FROM a:1\nRUN curl -O https://x/a.sh && (echo "$S  a.sh" | sha256sum -c - || true) && sh a.sh\n', at: 'a.sh' },
    { code: `FROM a:1\nRUN curl -O https://x/a.sh && echo "${HASH}  b.sh" | sha256sum -c - && sh a.sh\n`, at: 'a.sh' },
    { code: 'FROM a:1\nRUN curl -O https://x/a.sh && sh a.sh && echo "$S  a.sh" | sha256sum -c -\n', at: 'a.sh' },
    { code: 'FROM a:1\nRUN curl -O https://x/a.sh && echo "$S  a.sh" | sha256sum -c - && curl -O https://y/a.sh && sh a.sh\n', at: 'a.sh' },
    { code: 'FROM a:1\nRUN echo "sha256sum -c a.sh" && bash -c "curl -O https://x/a.sh && sh a.sh"\n', at: 'a.sh' },
    { code: 'FROM a:1\nRUN rpm -Uvh https://x/a.rpm && yum -y localinstall http://x/b.rpm\n', at: ['https://x/a.rpm', 'http://x/b.rpm'] },
  ],
});
