import type { Detector } from './content/detector.ts';
import type { Analyzer } from './inventory/analyzer.ts';
import type { ProgramAnalyzer } from './inventory/program-analyzer.ts';

/** Who is to look at an image. */
export interface ImageInterests {
  readonly analyzers: readonly Analyzer[];
  readonly programs?: readonly ProgramAnalyzer[];
  readonly detectors: readonly Detector[];
}
