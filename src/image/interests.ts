import type { Detector } from './content/detector.ts';
import type { Analyzer } from './inventory/analyzer.ts';

/** Who is to look at an image. */
export interface ImageInterests {
  readonly analyzers: readonly Analyzer[];
  readonly detectors: readonly Detector[];
}
