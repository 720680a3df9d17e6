import { keepYoungGenerationSmall } from '../foundation/io/young-generation.ts';
import type { Detector } from '../image/content/detector.ts';
import { redactConfig, redactSecrets } from '../image/content/redact-text.ts';
import { analyzers } from '../image/inventory/analyzers.generated.ts';
import { programAnalyzers } from '../image/inventory/program-analyzers.generated.ts';
import { readImage, type ImageContents } from '../image/read-image.ts';
import type { ReadOptions } from '../image/sources/source.ts';
import type { KnownImage } from './recall-contents.ts';

/**
 * Returns what is in an image, read from its source, and remembers it.
 * @throws {ImageSourceError} when there is no image to read · DOMException AbortError
 */
export async function readContents({ source, memory, identity, depth }: KnownImage, options: ReadOptions): Promise<ImageContents> {
  keepYoungGenerationSmall();
  const interests = { analyzers, programs: programAnalyzers, detectors: depth === 'everything' ? await loadDetectors() : [] };
  const contents = redactContents(await readImage(source, interests, options, memory?.layers(interests)));
  if (identity !== undefined) await memory?.keep(identity, depth, contents);
  await memory?.trim();
  return contents;
}

/** They bring the rules of Dockerfiles with them, which a bill of materials needs none of. */
async function loadDetectors(): Promise<readonly Detector[]> {
  return (await import('../image/content/detectors.generated.ts')).detectors;
}

/** The detectors have seen what the image says of itself; from here on no secret in it is whole. */
function redactContents(contents: ImageContents): ImageContents {
  return {
    ...contents,
    source: { ...contents.source, config: redactConfig(contents.source.config), ...redactAnnotations(contents.source) },
    layers: contents.layers.map((layer) => (layer.createdBy === undefined ? layer : { ...layer, createdBy: redactSecrets(layer.createdBy) })),
  };
}

function redactAnnotations({ annotations }: ImageContents['source']): Pick<ImageContents['source'], 'annotations'> {
  if (annotations === undefined) return {};
  return { annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [name, redactSecrets(value)])) };
}
