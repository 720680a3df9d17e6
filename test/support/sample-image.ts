import { crc32 } from 'node:zlib';
import { buildImage, toDockerArchive } from './image-builder.ts';
import { buildTar, type TarFile } from './tar-builder.ts';

/**
 * Returns a `docker save` archive of a small made-up web service on an outdated Debian 12: what `npm run demo` scans. Every category of finding is in it: packages whose fixes are
 * known, npm and Python packages likewise, a token that a later layer deletes, setuid files, a final user of root, a download piped into a shell, and the EICAR test file.
 */
export function buildSampleImage(): Uint8Array {
  const image = buildImage({
    references: [sampleReference],
    config: {
      Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'NODE_ENV=production'],
      Cmd: ['node', '/srv/app/main.js'],
      WorkingDir: '/srv/app',
    },
    layers: [
      {
        files: baseFiles,
        createdBy: '/bin/sh -c #(nop) ADD file:5d1fd1a3e1f8c2f0a9f7be3d8a2f6a61d9b9f4d0a1d6c7e8f9a0b1c2d3e4f5a6 in / ',
        compression: 'gzip',
      },
      { files: runtimeFiles, createdBy: 'RUN /bin/sh -c curl -fsSL https://get.example.com/install.sh | sh # buildkit', compression: 'gzip' },
      { files: applicationFiles, createdBy: 'COPY . /srv/app # buildkit', compression: 'gzip' },
      { files: [{ path: 'srv/app/.wh..env' }], createdBy: 'RUN /bin/sh -c rm /srv/app/.env # buildkit', compression: 'gzip' },
    ],
    history: [
      { created: CREATED, created_by: '/bin/sh -c #(nop) ADD file:5d1fd1a3e1f8c2f0a9f7be3d8a2f6a61d9b9f4d0a1d6c7e8f9a0b1c2d3e4f5a6 in / ' },
      { created: CREATED, created_by: '/bin/sh -c #(nop)  CMD ["bash"]', empty_layer: true },
      { created: CREATED, created_by: 'ENV NODE_ENV=production', comment: 'buildkit.dockerfile.v0', empty_layer: true },
      {
        created: CREATED,
        created_by: 'RUN /bin/sh -c curl -fsSL https://get.example.com/install.sh | sh # buildkit',
        comment: 'buildkit.dockerfile.v0',
      },
      { created: CREATED, created_by: 'COPY . /srv/app # buildkit', comment: 'buildkit.dockerfile.v0' },
      { created: CREATED, created_by: 'RUN /bin/sh -c rm /srv/app/.env # buildkit', comment: 'buildkit.dockerfile.v0' },
      { created: CREATED, created_by: 'WORKDIR /srv/app', comment: 'buildkit.dockerfile.v0', empty_layer: true },
      { created: CREATED, created_by: 'CMD ["node" "/srv/app/main.js"]', comment: 'buildkit.dockerfile.v0', empty_layer: true },
    ],
  });
  return buildTar(toDockerArchive(image));
}

export const sampleReference = 'team/shop:1.4';

/** The Dockerfile that the sample image's history would come from. */
export const sampleDockerfile = `FROM debian:12
ENV NODE_ENV=production
RUN curl -fsSL https://get.example.com/install.sh | sh
COPY . /srv/app
RUN rm /srv/app/.env
WORKDIR /srv/app
CMD ["node", "/srv/app/main.js"]
`;

const CREATED = '2026-01-15T09:00:00Z';

const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
`;

/** Packages as an image of summer 2023 had them. */
const debianPackages: readonly (readonly [name: string, version: string, source?: string])[] = [
  ['apt', '2.6.1'],
  ['base-files', '12.4+deb12u1'],
  ['bash', '5.2.15-2+b2', 'bash (5.2.15-2)'],
  ['bsdutils', '1:2.38.1-5+b1', 'util-linux (2.38.1-5)'],
  ['curl', '7.88.1-10+deb12u1'],
  ['dpkg', '1.21.22'],
  ['libc6', '2.36-9+deb12u1', 'glibc'],
  ['libc-bin', '2.36-9+deb12u1', 'glibc'],
  ['libcurl4', '7.88.1-10+deb12u1', 'curl'],
  ['libexpat1', '2.5.0-1', 'expat'],
  ['libgnutls30', '3.7.9-2', 'gnutls28'],
  ['liblzma5', '5.4.1-0.2', 'xz-utils'],
  ['libnghttp2-14', '1.52.0-1', 'nghttp2'],
  ['libssl3', '3.0.9-1', 'openssl'],
  ['libwebp7', '1.2.4-0.2', 'libwebp'],
  ['login', '1:4.13+dfsg1-1+b1', 'shadow (1:4.13+dfsg1-1)'],
  ['openssl', '3.0.9-1'],
  ['perl-base', '5.36.0-7'],
  ['tzdata', '2023c-5'],
  ['zlib1g', '1:1.2.13.dfsg-1', 'zlib'],
];

const dpkgStatus = debianPackages
  .map(([name, version, source]) =>
    [
      `Package: ${name}`,
      'Status: install ok installed',
      'Priority: optional',
      'Section: admin',
      'Maintainer: Sample <sample@example.com>',
      'Architecture: amd64',
      ...(source === undefined ? [] : [`Source: ${source}`]),
      `Version: ${version}`,
      `Description: part of the sample image`,
      '',
    ].join('\n'),
  )
  .join('\n');

const baseFiles: readonly TarFile[] = [
  { path: 'usr/lib/os-release', content: osRelease },
  { path: 'etc/os-release', type: 'symlink', linkTarget: '../usr/lib/os-release' },
  { path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/bash\n' },
  { path: 'var/lib/dpkg/status', content: dpkgStatus },
  { path: 'usr/bin/su', content: '\u007fELF', mode: 0o4755 },
  { path: 'usr/bin/passwd', content: '\u007fELF', mode: 0o4755 },
];

const runtimeFiles: readonly TarFile[] = [
  { path: 'usr/local/bin/agent', content: '#!/bin/sh\nexec sleep infinity\n', mode: 0o4755 },
  ...pythonPackage('Jinja2', '2.11.2'),
  ...pythonPackage('PyYAML', '5.3'),
  ...pythonPackage('requests', '2.31.0'),
];

const applicationFiles: readonly TarFile[] = [
  { path: 'srv/app/main.js', content: "require('express')().listen(8080);\n" },
  { path: 'srv/app/package.json', content: JSON.stringify({ name: 'shop', version: '1.4.0', dependencies: { lodash: '^4.17.11' } }) },
  ...npmPackage('express', '4.18.2'),
  ...npmPackage('jquery', '3.4.1'),
  ...npmPackage('lodash', '4.17.11'),
  ...npmPackage('minimist', '1.2.0'),
  { path: 'srv/app/.env', content: `STRIPE_MODE=live\nGITHUB_TOKEN=${sampleToken()}\n` },
  { path: 'srv/app/uploads/invoice.com', content: eicar() },
];

function npmPackage(name: string, version: string): readonly TarFile[] {
  return [{ path: `srv/app/node_modules/${name}/package.json`, content: JSON.stringify({ name, version, license: 'MIT' }) }];
}

function pythonPackage(name: string, version: string): readonly TarFile[] {
  return [
    {
      path: `usr/local/lib/python3.11/site-packages/${name}-${version}.dist-info/METADATA`,
      content: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\nLicense: BSD\n`,
    },
  ];
}

/** A token with the right checksum that was never issued. Put together here, so that no scanner takes this file for the secret it makes. */
export function sampleToken(): string {
  const body = 'R7mK2vXq9Tz4WbL6sNc8YdJf1HgP3u';
  return `ghp_${body}${toBase62(crc32(body)).padStart(6, '0')}`;
}

function toBase62(value: number): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  return value < digits.length ? (digits[value] ?? '') : `${toBase62(Math.floor(value / digits.length))}${digits[value % digits.length] ?? ''}`;
}

/** The harmless file that every malware scanner agrees to report. @see https://www.eicar.org/download-anti-malware-testfile/ */
function eicar(): string {
  return ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE', '!$H+H*'].join('');
}
