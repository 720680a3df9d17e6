import type { DockerfileModel } from '../../syntax/model.ts';

/** Flags of an instruction: true when it needs a value. */
export type FlagTable = Readonly<Record<string, boolean>>;

/** The instructions of a Dockerfile and their flags. @see https://docs.docker.com/reference/dockerfile/ */
export const instructionFlags: ReadonlyMap<string, FlagTable> = new Map<string, FlagTable>([
  ['FROM', { platform: true }],
  ['RUN', { mount: true, network: true, security: true, device: true }],
  ['COPY', { from: true, chown: true, chmod: true, link: false, parents: false, exclude: true }],
  ['ADD', { chown: true, chmod: true, link: false, checksum: true, 'keep-git-dir': false, unpack: false, exclude: true }],
  ['HEALTHCHECK', { interval: true, timeout: true, 'start-period': true, 'start-interval': true, retries: true }],
  ...['ARG', 'CMD', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'LABEL', 'MAINTAINER', 'ONBUILD', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'].map(
    (keyword): [string, FlagTable] => [keyword, {}],
  ),
]);

/** True when the file asks for a front end of its own, which may know other instructions and flags. */
export function hasForeignSyntax(model: DockerfileModel): boolean {
  const syntax = model.directives.find(({ name }) => name === 'syntax')?.value;
  return syntax !== undefined && !/(?:^|\/)dockerfile(?:-upstream)?(?:[:@]|$)/.test(syntax);
}
