import * as l10n from '@vscode/l10n';
import { toSentence } from '../foundation/base/sentence.ts';
import type { MinimalFix, PolicyDecision } from '../foundation/model/policy.ts';
import type { ScanComparison } from '../foundation/model/push.ts';

/** What a dialog says: a headline, and what stands below it. */
export interface DialogWords {
  readonly message: string;
  readonly detail: string;
}

const SHOWN_IDS = 5;
const SHOWN_STEPS = 4;

/** Returns what is said of an image that was not pushed, or not yet: which vulnerabilities forbid it and the smallest fix; of a decision that is not known, what is missing. */
export function wordsOfRefusal({ decision, reference, reason, blocking, minimalFix, problems }: PolicyDecision): DialogWords {
  const fixes = minimalFix.slice(0, SHOWN_STEPS).map(wordsOfStep);
  const more = minimalFix.length - fixes.length;
  const smallest = [l10n.t('Smallest fix that passes:'), ...fixes, ...(more > 0 ? [l10n.t('and {0} more, in the report', more)] : [])];
  // Where the policy could not be read, the problem is the reason.
  const others = problems.filter(({ message }) => message !== reason).map(({ message }) => toSentence(message));
  const detail = [toSentence(reason), ...(fixes.length === 0 ? [] : ['', ...smallest]), ...(others.length === 0 ? [] : ['', ...others])];
  return { message: headlineOf(decision, reference, blocking), detail: detail.join('\n') };
}

function headlineOf(decision: PolicyDecision['decision'], reference: string, blocking: readonly string[]): string {
  switch (decision) {
    case 'block':
      return blocking.length === 0
        ? l10n.t('{0} was not pushed: it would be blocked.', reference)
        : l10n.t('{0} was not pushed: {1} would block it.', reference, listIds(blocking));
    case 'block-until-scanned':
      return l10n.t('{0} was not pushed: the registry would hold it back until it has scanned it.', reference);
    case 'allow':
      return l10n.t('{0} may be pushed, but was not yet: there is something to know first.', reference);
    case 'unknown':
      return l10n.t('{0} was not pushed: whether it would be blocked is not known.', reference);
  }
}

function listIds(ids: readonly string[]): string {
  const shown = ids.slice(0, SHOWN_IDS).join(', ');
  return ids.length > SHOWN_IDS ? l10n.t('{0} and {1} more', shown, ids.length - SHOWN_IDS) : shown;
}

function wordsOfStep({ package: named, from, to, removes, command }: MinimalFix): string {
  const change = [from, to].filter((version) => version !== undefined).join(' → ');
  const what = [named ?? l10n.t('the image'), change].filter((part) => part !== '').join(' ');
  return `• ${l10n.t('{0} removes {1}', what, listIds(removes))}${command === undefined ? '' : `\n   ${command}`}`;
}

/** Returns the differences between a registry's own scan and ours, a line each. */
export function linesOfComparison({ onlyTheirs, onlyOurs, otherSeverity }: ScanComparison): readonly string[] {
  return [
    ...onlyTheirs.map(({ id, severity, packages }) => l10n.t('only there: {0} ({1}) {2}', id, severity, packages.join(', '))),
    ...onlyOurs.map(({ id, severity, packages }) => l10n.t('only here: {0} ({1}) {2}', id, severity, packages.join(', '))),
    ...otherSeverity.map(({ id, ours, theirs }) => l10n.t('other severity: {0} is {1} here and {2} there', id, ours, theirs)),
  ];
}
