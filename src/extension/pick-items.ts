import * as l10n from '@vscode/l10n';
import type { ListImagesResult, ScanInput } from '../protocol/image-requests.ts';
import { formatAge, formatCounts, formatSize } from './format.ts';
import { titleOf } from './scan-target.ts';
import type { ScanSummary } from './scan-store.ts';

/** One line of the image picker, without its VS Code parts. */
export interface PickEntry {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly action: PickAction;
}
export type PickAction =
  | { readonly kind: 'scan'; readonly input: ScanInput }
  | { readonly kind: 'choose-file' }
  | { readonly kind: 'choose-folder' }
  /** No engine answers: which ones were asked. */
  | { readonly kind: 'explain'; readonly tried: ListImagesResult['tried'] };

/** Returns the lines of the image picker: the images of every engine that answers with age, size and last result, then the other places an image can come from. */
export function pickEntries(listed: ListImagesResult, scanned: readonly ScanSummary[], now: Date, locale: string): readonly PickEntry[] {
  const severalEngines = new Set(listed.images.map(({ host }) => host)).size > 1;
  const images = listed.images.map(({ reference, createdAt, sizeBytes, host }): PickEntry => {
    const age = formatAge(createdAt, now, locale);
    const parts = [age, formatSize(sizeBytes, locale), severalEngines ? host : undefined];
    const last = scanned.find(({ input }) => input.kind === 'engine' && titleOf(input) === reference && (input.host ?? host) === host);
    return {
      label: reference,
      description: parts.filter((part) => part !== undefined).join(' · '),
      ...(last === undefined ? {} : { detail: l10n.t('Last scan: {0}', formatCounts(last.counts, last.status)) }),
      action: { kind: 'scan', input: { kind: 'engine', reference, host } },
    };
  });
  const nobody = listed.tried.length > 0 && listed.tried.every(({ error }) => error !== undefined);
  const explain: readonly PickEntry[] =
    images.length > 0
      ? []
      : [
          {
            label: nobody || listed.tried.length === 0 ? l10n.t('No container engine answers') : l10n.t('The container engine has no images'),
            detail: describeTried(listed.tried),
            action: { kind: 'explain', tried: listed.tried },
          },
        ];
  return [
    ...images,
    ...explain,
    { label: l10n.t('Choose a file…'), description: l10n.t('docker save or OCI archive'), action: { kind: 'choose-file' } },
    { label: l10n.t('OCI layout folder…'), action: { kind: 'choose-folder' } },
  ];
}

/** Returns which engine addresses were asked and what each said, on one line. */
export function describeTried(tried: ListImagesResult['tried']): string {
  if (tried.length === 0) return l10n.t('No address of Docker or Podman is known on this machine.');
  return l10n.t('Tried {0}', tried.map(({ address, error }) => (error === undefined ? address : `${address} (${error})`)).join(', '));
}
