import type { ImageConfig } from '../../foundation/model/image.ts';

/** One text of an image's configuration that somebody may have put a secret into. */
export interface ConfigText {
  /** `the environment variable "NPM_TOKEN"`, `a build command`: the end of "… in". */
  readonly place: string;
  readonly text: string;
  /** Index into config.history, for a build command. */
  readonly historyIndex?: number;
}

/** Returns every text of the configuration: environment and labels before the history that repeats them. */
export function configTexts(config: ImageConfig): readonly ConfigText[] {
  return [
    ...config.env.map((text) => ({ place: `the environment variable ${JSON.stringify(text.split('=', 1)[0])}`, text })),
    ...Object.entries(config.labels).map(([name, text]) => ({ place: `the label ${JSON.stringify(name)}`, text: `${name}=${text}` })),
    ...[...config.entrypoint, ...config.cmd].map((text) => ({ place: 'the start command', text })),
    ...config.history.flatMap(({ createdBy }, historyIndex) =>
      createdBy === undefined ? [] : [{ place: 'a build command', text: createdBy, historyIndex }],
    ),
  ];
}

/** Returns the last history entry that `secret` stands in: the instruction that set what the configuration now says. */
export function historyIndexOf(config: ImageConfig, secret: string): number | undefined {
  const index = config.history.findLastIndex(({ createdBy }) => createdBy?.includes(secret) === true);
  return index < 0 ? undefined : index;
}
