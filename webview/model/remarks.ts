import * as l10n from '@vscode/l10n';
import type { ScanReport } from '../../src/foundation/model/report.ts';
import { formatInstant, toCellText } from './text.ts';

/** What has to be known of a report before its findings are read. */
export interface Remark {
  readonly text: string;
  /** True for what makes the report say less than it seems to. */
  readonly caution: boolean;
}

/** Returns what is to be said of a report as a whole, the weightiest first. */
export function remarksOf(report: ScanReport, locale: string): readonly Remark[] {
  const { image, origin, filtered, advisories, notices = [] } = report;
  const remarks: Remark[] = [];
  const warn = (text: string): void => void remarks.push({ text, caution: true });
  const tell = (text: string): void => void remarks.push({ text, caution: false });

  if (image.endOfLife !== undefined) {
    const { name, endedAt, paidUntil } = image.endOfLife;
    const ended = formatInstant(endedAt, locale, false);
    warn(
      paidUntil === undefined
        ? l10n.t('{0} has had no security fixes since {1}: what is found from now on stays.', toCellText(name, 100), ended)
        : l10n.t(
            '{0} has had no security fixes since {1}, but for those who pay (until {2}).',
            toCellText(name, 100),
            ended,
            formatInstant(paidUntil, locale, false),
          ),
    );
  }
  if (origin !== undefined)
    warn(
      origin.matched === 'theirs'
        ? l10n.t('The image was not looked at here: this is the report attached to it in the registry ({0}).', toCellText(origin.reference, 300))
        : l10n.t(
            'The image was not looked at here: its packages are those of the report attached to it in the registry ({0}).',
            toCellText(origin.reference, 300),
          ),
    );
  if (filtered !== undefined) warn(l10n.t('Some findings were left out when the image was scanned: what is not listed may be there.'));
  const uncovered = advisories.uncovered ?? [];
  if (uncovered.length > 0) {
    const named = uncovered.map(({ type, packages }) => `${toCellText(type, 40)} (${packages})`);
    warn(
      l10n.t('Listed but not checked, because these advisories hold nothing on them: {0}', new Intl.ListFormat(locale).format(named.slice(0, 20))),
    );
  }
  const others = image.otherPlatforms ?? [];
  if (others.length > 0) {
    const named = others
      .slice(0, 20)
      .map(({ os, architecture, variant }) => toCellText([os, architecture, variant].filter((part) => part !== undefined).join('/'), 60));
    tell(l10n.t('There are images for other platforms under this name, which were not looked at: {0}', new Intl.ListFormat(locale).format(named)));
  }
  for (const { message } of notices.slice(0, 20)) tell(toCellText(message, 600));
  return remarks;
}
