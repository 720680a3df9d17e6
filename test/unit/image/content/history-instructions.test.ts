import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toInstructions } from '../../../../src/image/content/history-instructions.ts';
import { history } from './support.ts';

const read = (...createdBy: readonly string[]): readonly string[] => toInstructions(history(...createdBy)).map(({ text }) => text);

const forms: readonly (readonly [createdBy: string, ...expected: readonly string[]])[] = [
  ['/bin/sh -c #(nop)  ENV A=b', 'ENV A=b'],
  ['/bin/sh -c #(nop)  ENV A=b c D=e', 'ENV A="b c" D=e'],
  ['ENV PATH=/a:/b', 'ENV PATH=/a:/b'],
  ['ENV JSON={"a": "$x"}', 'ENV JSON="{\\"a\\": \\"\\$x\\"}"'],
  ['/bin/sh -c #(nop)  CMD ["nginx" "-g" "daemon off;"]', 'CMD ["nginx","-g","daemon off;"]'],
  ['CMD ["/bin/sh" "-c" "echo hi"]', 'CMD ["/bin/sh","-c","echo hi"]'],
  ['ENTRYPOINT ["/run"]', 'ENTRYPOINT ["/run"]'],
  ['VOLUME [/data /logs]', 'VOLUME ["/data","/logs"]'],
  ['SHELL [/bin/bash -o pipefail -c]', 'SHELL ["/bin/bash","-o","pipefail","-c"]'],
  ['EXPOSE map[443/tcp:{} 80/tcp:{}]', 'EXPOSE 443/tcp 80/tcp'],
  [
    'HEALTHCHECK &{["CMD-SHELL" "curl -f http://localhost || exit 1"] "30s" "3s" "0s" "0s" \'\\x03\'}',
    'HEALTHCHECK CMD curl -f http://localhost || exit 1',
  ],
  ['USER app', 'USER app'],
  ['cmd /S /C #(nop) USER ContainerUser', 'USER ContainerUser'],
  ['COPY . /app # buildkit', 'COPY . /app'],
  ['/bin/sh -c #(nop) COPY file:0123456789abcdef0123456789abcdef in /etc/app.conf ', 'COPY etc/app.conf /etc/app.conf'],
  ['/bin/sh -c #(nop) ADD file:0123456789abcdef0123456789abcdef in / '],
  ['ADD https://example.com/a.tgz /opt/ # buildkit', 'ADD https://example.com/a.tgz /opt/'],
  ['/bin/sh -c make', 'RUN make'],
  ['|2 A=1 B=x y z /bin/sh -c make', 'RUN make'],
  ['|1 A=b make install', 'RUN make install'],
  ['RUN |1 A=b /bin/sh -c make # buildkit', 'RUN make'],
  ['RUN make # buildkit', 'RUN make'],
  ['RUN /bin/bash -o pipefail -c make # buildkit', 'SHELL ["/bin/bash","-o","pipefail","-c"]', 'RUN make'],
  ['cmd /S /C mkdir C:\\app', 'SHELL ["cmd","/S","/C"]', 'RUN mkdir C:\\app'],
  ['powershell -Command Get-Date', 'SHELL ["powershell","-Command"]', 'RUN Get-Date'],
  ['RUN /bin/sh -c set -e\nmake\n # buildkit', "RUN <<'HISTORY'\nset -e\nmake\nHISTORY"],
  ['/bin/sh -c cat <<EOF', "RUN <<'HISTORY'\ncat <<EOF\nHISTORY"],
  ['/bin/sh -c make \\', "RUN <<'HISTORY'\nmake \\\nHISTORY"],
  ['/bin/sh -c echo\nHISTORY\nrm -rf /', "RUN <<'HISTORY_'\necho\nHISTORY\nrm -rf /\nHISTORY_"],
  ['WORKDIR /a\nRUN evil', 'WORKDIR /a RUN evil'],
  ['USER x \\', 'USER x'],
  ['bash'],
  ["# debian.sh --arch 'amd64' out/ 'bookworm' '@1764547200'"],
  ['jib-gradle-plugin:3.4.0'],
  [''],
  ['/bin/sh -c #(nop) '],
];

for (const [createdBy, ...expected] of forms) {
  test(JSON.stringify(createdBy), () => {
    assert.deepEqual(read(createdBy), expected);
  });
}

test('each instruction keeps its place in the history, and a shell is said once', () => {
  assert.deepEqual(
    toInstructions([{ emptyLayer: true }, ...history('powershell -Command a', 'powershell -Command b', 'RUN /bin/sh -c c # buildkit')]),
    [
      { historyIndex: 1, text: 'SHELL ["powershell","-Command"]', implied: true },
      { historyIndex: 1, text: 'RUN a' },
      { historyIndex: 2, text: 'RUN b' },
      { historyIndex: 3, text: 'SHELL ["/bin/sh","-c"]', implied: true },
      { historyIndex: 3, text: 'RUN c' },
    ],
  );
});
