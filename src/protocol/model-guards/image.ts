import { isDiffId, isDigest } from '../../foundation/model/brand.ts';
import type { Distro, HistoryEntry, ImageConfig, Layer, Platform } from '../../foundation/model/image.ts';
import { isCount, isFlag, isText, listOf, optional, recordOf, shape } from '../shape.ts';

export const isPlatform = shape<Platform>({ os: isText, architecture: isText, variant: optional(isText), osVersion: optional(isText) });

export const isDistro = shape<Distro>({
  id: isText,
  versionId: isText,
  idLike: listOf(isText),
  prettyName: optional(isText),
  codename: optional(isText),
  contentSets: optional(listOf(isText)),
  extendedSupport: optional(listOf(isText)),
});

export const isImageConfig = shape<ImageConfig>({
  created: optional(isText),
  user: optional(isText),
  env: listOf(isText),
  entrypoint: listOf(isText),
  cmd: listOf(isText),
  workingDir: optional(isText),
  exposedPorts: listOf(isText),
  volumes: listOf(isText),
  labels: recordOf(isText),
  shell: optional(listOf(isText)),
  history: listOf(shape<HistoryEntry>({ createdBy: optional(isText), created: optional(isText), comment: optional(isText), emptyLayer: isFlag })),
});

export const isLayer = shape<Layer>({
  diffId: isDiffId,
  digest: optional(isDigest),
  mediaType: isText,
  sizeBytes: isCount,
  historyIndex: optional(isCount),
  createdBy: optional(isText),
});
