import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { applyFixes, lintText } from '../../../../src/dockerfile/lint/lint.ts';
import { fillIn, findLookUps, type FoundLookUps } from '../../../../src/dockerfile/lint/look-ups.ts';
import { parseDockerfile } from '../../../../src/dockerfile/syntax/parse.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const SHA256 = 'b'.repeat(64);

function look(text: string): FoundLookUps {
  return findLookUps(text, lintText(text).diagnostics);
}

/** Makes the edit of the look-up whose subject is named, or of all of them. */
function fixed(text: string): string {
  const edited = look(text).lookUps.map((lookUp) => {
    const edits = fillIn(lookUp, lookUp.subject.kind === 'image' ? DIGEST : SHA256);
    const { range, subject } = lookUp;
    return {
      ruleId: 'X',
      aliases: [],
      severity: 'low' as const,
      message: subject.kind,
      range,
      fixes: [{ safety: 'suggested' as const, title: '', edits }],
    };
  });
  return applyFixes(text, edited, 'suggested');
}

const subjects = (text: string): readonly string[] =>
  look(text).lookUps.map(({ subject }) => (subject.kind === 'image' ? subject.reference : subject.url));
const reasons = (text: string): string =>
  look(text)
    .refused.map(({ reason }) => reason)
    .join('; ');

describe('images', () => {
  const places: readonly { readonly name: string; readonly text: string; readonly asks: readonly string[]; readonly becomes: string }[] = [
    { name: 'a tag stays', text: 'FROM alpine:3.22 AS a\n', asks: ['alpine:3.22'], becomes: `FROM alpine:3.22@${DIGEST} AS a\n` },
    { name: 'no tag', text: 'FROM alpine\n', asks: ['alpine'], becomes: `FROM alpine@${DIGEST}\n` },
    { name: 'latest', text: 'FROM ghcr.io/a/b:latest\n', asks: ['ghcr.io/a/b:latest'], becomes: `FROM ghcr.io/a/b:latest@${DIGEST}\n` },
    { name: 'quotes', text: 'FROM "alpine:3.22"\n', asks: ['alpine:3.22'], becomes: `FROM "alpine:3.22@${DIGEST}"\n` },
    { name: 'behind a continuation', text: 'FROM \\\r\n  alpine:3.22\r\n', asks: ['alpine:3.22'], becomes: `FROM \\\r\n  alpine:3.22@${DIGEST}\r\n` },
    { name: 'a byte order mark', text: '\uFEFFFROM alpine:3.22\n', asks: ['alpine:3.22'], becomes: `\uFEFFFROM alpine:3.22@${DIGEST}\n` },
    {
      name: 'COPY and mounts',
      text: 'FROM scratch\nCOPY --from=busybox:1.37 /a /b\nRUN --mount=type=bind,from=r.example:5000/t,target=/t /t/x\n',
      asks: ['busybox:1.37', 'r.example:5000/t'],
      becomes: `FROM scratch\nCOPY --from=busybox:1.37@${DIGEST} /a /b\nRUN --mount=type=bind,from=r.example:5000/t@${DIGEST},target=/t /t/x\n`,
    },
    {
      name: 'a name that is an argument: in its default, once for both',
      text: 'ARG BASE="alpine:3.22"\nFROM $BASE AS a\nFROM ${BASE}\n',
      asks: ['alpine:3.22', 'alpine:3.22'],
      becomes: `ARG BASE="alpine:3.22@${DIGEST}"\nFROM $BASE AS a\nFROM \${BASE}\n`,
    },
    {
      name: 'a tag that is an argument: in its default',
      text: 'ARG V=22\nFROM node:$V\n',
      asks: ['node:22'],
      becomes: `ARG V=22@${DIGEST}\nFROM node:$V\n`,
    },
    {
      name: 'a registry that is an argument',
      text: 'ARG R=r.example\nFROM $R/node:22\n',
      asks: ['r.example/node:22'],
      becomes: `ARG R=r.example\nFROM $R/node:22@${DIGEST}\n`,
    },
  ];
  for (const { name, text, asks, becomes } of places) {
    test(name, () => {
      assert.deepEqual(subjects(text), asks);
      const result = fixed(text);
      assert.equal(result, becomes);
      assert.deepEqual(subjects(result), [], 'there is nothing left to look up');
      for (const { image } of parseDockerfile(result).stages) if (image?.kind === 'image') assert.equal(image.digest, DIGEST);
    });
  }

  test('is left alone: what is pinned, a stage, scratch, a half-written name', () => {
    assert.deepEqual(look(`FROM alpine@${DIGEST} AS a\nFROM a\nFROM scratch\nCOPY --from=a /x /\nCOPY --from=0 /x /\nFROM {{base}}:1\nFROM\n`), {
      lookUps: [],
      refused: [],
    });
  });

  const refusals: readonly (readonly [text: string, reason: RegExp])[] = [
    ['ARG V=22\nFROM node:$V-slim\n', /would win over whatever tag --build-arg V asks for/],
    ['ARG V\nFROM node:$V\n', /complete only when it is built/],
    ['FROM node:${V:-22}\n', /falls back/],
    ['ARG M=3\nARG V=22.$M\nFROM node:$V\n', /made of other arguments/],
    ['ARG V=22\nFROM node:$V\nARG V\nRUN echo $V\n', /used for other things/],
    ['ARG V=22\nFROM node:$V AS a\nFROM deno:$V\n', /used for other things/],
    ['ARG V=22\nARG W=$V\nFROM node:$V\n', /used for other things/],
    ['ARG V=22\nFROM --platform=$V node:$V\n', /used for other things/],
    ['ARG V=a\nFROM $V/$V\n', /used for other things/],
    ['ARG TARGETARCH=amd64\nFROM r.example/$TARGETARCH/a:1\n', /differs by platform/],
    ['FROM scratch\nCOPY --from=biuld /a /b\n', /meant to be a stage/],
    ['FROM scratch\nARG I=busybox:1\nCOPY --from=$I /a /b\n', /not written out/],
  ];
  for (const [text, reason] of refusals) {
    test(`is refused: ${JSON.stringify(text)}`, () => {
      assert.match(reasons(text), reason);
      assert.deepEqual(subjects(text), []);
    });
  }

  test('suppressed: no diagnostic goes with it', () => {
    const [one] = look('# plimsoll ignore=PL1003 reason=moves on purpose\nFROM alpine:3.22\n').lookUps;
    assert.ok(one !== undefined);
    assert.equal(one.diagnostic, undefined);
    assert.equal(look('FROM alpine:latest\n').lookUps[0]?.diagnostic?.ruleId, 'PL1002');
  });
});

describe('files', () => {
  const url = 'https://example.com/a-1.2.tgz?x=1';
  const from = `FROM alpine:3.22@${DIGEST}\n`;
  const places: readonly (readonly [text: string, becomes: string])[] = [
    [`ADD ${url} /opt/\n`, `ADD --checksum=sha256:${SHA256} ${url} /opt/\n`],
    [`ADD --chown=1 ["${url}", "/opt/"]\n`, `ADD --checksum=sha256:${SHA256} --chown=1 ["${url}", "/opt/"]\n`],
    [`RUN curl -fsSL ${url} -o /a.sh && sh /a.sh\n`, `RUN curl -fsSL ${url} -o /a.sh && echo "${SHA256}  /a.sh" | sha256sum -c - && sh /a.sh\n`],
    [
      `RUN wget -qO a.deb ${url}; dpkg -i a.deb\n`,
      `RUN wget -qO a.deb ${url} && echo "${SHA256}  a.deb" | sha256sum -c - || exit 1; dpkg -i a.deb\n`,
    ],
  ];
  for (const [text, becomes] of places) {
    test(text.trim(), () => {
      assert.deepEqual(subjects(from + text), [url]);
      assert.equal(fixed(from + text), from + becomes);
      assert.deepEqual(subjects(from + becomes), [], 'there is nothing left to look up');
    });
  }

  test('constants of ARG and ENV are put in', () => {
    assert.deepEqual(subjects(`${from}ARG V=1.2\nADD https://example.com/$V.tgz /\n`), ['https://example.com/1.2.tgz']);
    const run = `${from}ENV V=1.2\nRUN curl -o /a https://example.com/\${V}/a && sh /a\n`;
    assert.deepEqual(subjects(run), ['https://example.com/1.2/a']);
  });

  test('PowerShell and cmd, with Get-FileHash and certutil', () => {
    const windows = `FROM mcr.microsoft.com/windows/servercore:1@${DIGEST}\n`;
    const powershell = `${windows}SHELL ["powershell", "-Command"]\nRUN Invoke-WebRequest -UseBasicParsing -Uri '${url}' -OutFile a.exe; .\\a.exe /q\n`;
    assert.deepEqual(subjects(powershell), [url]);
    assert.ok(fixed(powershell).includes(`; if ((Get-FileHash a.exe).Hash -ne '${SHA256}') { throw 'checksum' }; .\\a.exe /q`), fixed(powershell));
    const client = `${windows}SHELL ["powershell", "-Command"]\nRUN (New-Object Net.WebClient).DownloadFile('${url}', 'a.exe'); .\\a.exe\n`;
    assert.deepEqual(subjects(client), [url]);
    const cmd = `${windows}RUN curl.exe -fsSLo a.msi ${url} && msiexec /i a.msi /qn\n`;
    assert.deepEqual(subjects(cmd), [url]);
    assert.ok(fixed(cmd).includes(`&& certutil -hashfile a.msi SHA256 | findstr /i ${SHA256} && msiexec`), fixed(cmd));
    for (const text of [powershell, cmd]) assert.deepEqual(subjects(fixed(text)), []);
  });

  const refusals: readonly (readonly [text: string, reason: RegExp])[] = [
    ['ADD http://example.com/a /\n', /only what https serves/],
    ['ADD ftp://example.com/a /\n', /only what https serves/],
    ['ADD https://ann:secret@example.com/a /\n', /holds credentials/],
    ['ARG V\nADD https://example.com/$V /\n', /known only when it is built/],
    ['ARG TARGETARCH=amd64\nADD https://example.com/$TARGETARCH /\n', /differs by platform/],
    ['ADD https://example.com/a https://example.com/b /\n', /one source/],
    ['ADD https://example.com/a.git#v1 /src\n', /git repository/],
    ["RUN curl -H 'A: b' -o /a https://example.com/a && sh /a\n", /what curl -H makes the server answer/],
    ['RUN curl -u ann:secret -o /a https://example.com/a && sh /a\n', /what curl -u makes/],
    ['RUN wget --post-data=x -O /a https://example.com/a && sh /a\n', /what wget --post-data makes/],
    ['RUN curl -o /a https://example.com/$(uname -m) && sh /a\n', /known only when it is built/],
    ['RUN curl -o /a https://example.com/[1-3] && sh /a\n', /known only when it is built/],
    ['RUN curl -o /a example.com/a && sh /a\n', /only what https serves/],
    ['RUN curl -o /a https://example.com/a -o /b https://example.com/b && sh /a\n', /not exactly one file/],
  ];
  for (const [text, reason] of refusals) {
    test(`is refused: ${text.trim()}`, () => {
      assert.match(reasons(from + text), reason);
      assert.deepEqual(subjects(from + text), []);
      assert.doesNotMatch(reasons(from + text), /secret/);
    });
  }
});

test('law: whatever is typed, finding look-ups ends well, and filling in an answer changes nothing but the placeholder', () => {
  const words = [
    'FROM ',
    'ARG ',
    'V=',
    '$V',
    '${V',
    '}',
    ':',
    '"',
    'alpine',
    '\n',
    ' ',
    'COPY --from=',
    'RUN curl -o a https://e.x/',
    ' && sh a',
    '@',
    '\\\n',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...words), { maxLength: 25 }), (parts) => {
      const text = parts.join('');
      for (const lookUp of look(text).lookUps) {
        for (const [index, { newText }] of fillIn(lookUp, '$&').entries())
          assert.equal(newText, lookUp.edits[index]?.newText.split(lookUp.placeholder).join('$&'));
      }
      fixed(text);
    }),
  );
});
