import type { ScanReport } from '../foundation/model/report.ts';
import type { ScannedImage } from '../protocol/client.ts';

/** Most images remembered. */
const MAX_IMAGES = 100;

/** What scans found in images: those that this server made, and those that the client remembers from before. */
export class ScannedImages {
  readonly #made = new Map<string, ScannedImage>();
  #told: ReadonlyMap<string, ScannedImage> = new Map();

  keep({ image: { reference }, findings }: ScanReport): void {
    if (reference === undefined) return;
    const name = toFullName(reference);
    this.#made.delete(name);
    const oldest = this.#made.keys().next().value;
    if (oldest !== undefined && this.#made.size >= MAX_IMAGES) this.#made.delete(oldest);
    const count = (severity: string): number => findings.filter((finding) => finding.severity === severity).length;
    this.#made.set(name, { reference, critical: count('critical'), high: count('high') });
  }

  /** Takes what the client tells, newest first, in place of what it told before. */
  told(images: readonly ScannedImage[]): void {
    this.#told = new Map(
      images
        .slice(0, MAX_IMAGES)
        .toReversed()
        .map((image) => [toFullName(image.reference), image]),
    );
  }

  /** Returns what the last scan of an image found; what the client tells comes first, as it knows the report that goes with it. */
  find(reference: string): ScannedImage | undefined {
    const name = toFullName(reference);
    return this.#told.get(name) ?? this.#made.get(name);
  }
}

/** `debian`, `library/debian:latest` and `docker.io/library/debian` are one image. A digest says all that the tag does. */
function toFullName(reference: string): string {
  const at = reference.indexOf('@');
  const tagged = (at < 0 ? reference : reference.slice(0, at)).replace(/^(?:(?:index\.)?docker\.io\/)?(?:library\/)?/, '');
  const name = tagged.lastIndexOf(':') > tagged.lastIndexOf('/') ? tagged.slice(0, tagged.lastIndexOf(':')) : tagged;
  if (at >= 0) return name + reference.slice(at);
  return tagged === name ? `${tagged}:latest` : tagged;
}
