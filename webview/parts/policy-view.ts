import '@vscode-elements/elements/dist/vscode-button/index.js';
import * as l10n from '@vscode/l10n';
import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { toSentence } from '../../src/foundation/base/sentence.ts';
import type { Finding } from '../../src/foundation/model/finding.ts';
import type { MinimalFix, PolicyDecision } from '../../src/foundation/model/policy.ts';
import type { ReportActions } from '../../src/protocol/webview.ts';
import { navigate, post } from '../events.ts';
import { identityOf, noFilter } from '../model/findings.ts';
import { formatCount, formatInstant, toBlockText, toCellText } from '../model/text.ts';
import { sharedStyles } from '../styles.ts';
import { findingsWord } from '../words.ts';
import './copy-button.ts';
import { codeBlock } from './code-block.ts';
import { icon, severityLabel } from './marks.ts';
import { doubtsOf, partsOf, platformsOf, providerWord, scannerText } from './policy-evidence.ts';
import { policyStyles } from './policy-styles.ts';
import { toolbarStyles } from './toolbar-styles.ts';

/** Most ids listed; the findings list shows them all. */
const MAX_LISTED = 100;

/** What the registry would do with this image, why, and the shortest way to a push that passes. */
export class PolicyView extends LitElement {
  static override properties = {
    decision: { attribute: false },
    checking: { type: Boolean },
    findings: { attribute: false },
    actions: { attribute: false },
    locale: { type: String },
  };
  static override styles = [sharedStyles, toolbarStyles, policyStyles];

  declare decision: PolicyDecision | undefined;
  declare checking: boolean;
  declare findings: readonly Finding[];
  declare actions: ReportActions;
  declare locale: string;

  protected override render(): TemplateResult {
    const { decision } = this;
    if (decision === undefined) return this.renderUnread();
    return html`<div class="page">
      <section>
        <h2>${headingOf(decision)}</h2>
        <p class="untrusted">${toBlockText(toSentence(decision.reason), 2000).text}</p>
        ${this.renderFacts(decision)}
        <div class="row">${this.renderCheckButton(l10n.t('Check again'))} ${this.renderPushButton()}</div>
      </section>
      ${partsOf(decision)} ${platformsOf(decision)} ${this.renderFixes(decision)} ${this.renderBlocking(decision)} ${this.renderAllowlisted(decision)}
      ${doubtsOf(decision, this.locale)} ${this.renderProblems(decision)}
    </div>`;
  }

  private renderUnread(): TemplateResult {
    return html`<div class="empty">
      <h2>${this.checking ? l10n.t('Asking the registry…') : l10n.t('The policy has not been read yet')}</h2>
      <p class="quiet">${l10n.t('Checking asks the registry what its namespace blocks, and holds this report against it. Nothing is pushed.')}</p>
      ${this.renderCheckButton(l10n.t('Check push'))}
    </div>`;
  }

  private renderCheckButton(label: string): TemplateResult | typeof nothing {
    if (!this.actions.checkPush) return nothing;
    return html`<vscode-button
      ?secondary=${this.decision !== undefined}
      ?disabled=${this.checking}
      @click=${() => {
        post(this, { type: 'check-push' });
      }}
      >${this.checking ? l10n.t('Checking…') : label}</vscode-button
    >`;
  }

  private renderPushButton(): TemplateResult | typeof nothing {
    if (!this.actions.push) return nothing;
    return html`<vscode-button
      ?secondary=${this.decision?.decision !== 'allow'}
      ?disabled=${this.checking}
      @click=${() => {
        post(this, { type: 'push-image' });
      }}
      >${l10n.t('Push image')}</vscode-button
    >`;
  }

  private renderFacts(decision: PolicyDecision): TemplateResult {
    const { policy } = decision;
    return html`<dl class="facts">
      <dt>${l10n.t('Would be pushed as')}</dt>
      <dd class="mono">${toCellText(decision.reference, 600)}</dd>
      <dt>${l10n.t('Registry kind')}</dt>
      <dd>${decision.provider === 'none' ? l10n.t('not recognised') : providerWord(decision.provider)}</dd>
      ${
        decision.provider === 'none' || decision.decision === 'unknown'
          ? nothing
          : html`<dt>${l10n.t('Blocking')}</dt>
              <dd>${policy.enabled ? l10n.t('on') : l10n.t('off')}</dd>
              ${
                policy.severity === ''
                  ? nothing
                  : html`<dt>${l10n.t('Level, as the registry says it')}</dt>
                      <dd>${toCellText(policy.severity, 60)}</dd>`
              }`
      }
      ${
        decision.decidedBy === undefined
          ? nothing
          : html`<dt>${l10n.t('Whose scan decides')}</dt>
              <dd>${scannerText(decision.decidedBy, this.locale)}</dd>`
      }
    </dl>`;
  }

  private renderFixes(decision: PolicyDecision): TemplateResult | typeof nothing {
    const steps = decision.minimalFix;
    if (steps.length === 0) return nothing;
    const commands = steps.map((step) => step.command).filter((command) => command !== undefined);
    return html`<section>
      <h3>${steps.length === 1 ? l10n.t('The one change after which it may leave') : l10n.t('The fewest changes after which it may leave')}</h3>
      <ol class="steps">
        ${steps.map((step) => this.renderStep(step))}
      </ol>
      ${
        commands.length < 2
          ? nothing
          : html`<div class="row"><plimsoll-copy primary .text=${commands.join('\n')} .label=${l10n.t('Copy all commands')}></plimsoll-copy></div>`
      }
    </section>`;
  }

  private renderStep(step: MinimalFix): TemplateResult {
    return html`<li>
      <p class="untrusted">
        ${step.package === undefined ? nothing : html`<strong>${toCellText(step.package)}</strong> `}
        ${step.from === undefined ? nothing : html`<span class="number">${toCellText(step.from)}</span>`}
        ${step.to === undefined ? nothing : html`<span aria-label=${l10n.t('to')}>→</span> <strong class="number">${toCellText(step.to)}</strong>`}
      </p>
      <p class="quiet untrusted">${l10n.t('Removes {0}', listIds(step.removes, this.locale))}</p>
      ${
        step.command === undefined
          ? html`<p class="quiet">${l10n.t('There is no fixed version: the package has to go, or the registry has to allow it.')}</p>`
          : html`${codeBlock(step.command, this.locale)}
              <div class="row"><plimsoll-copy .text=${step.command} .label=${l10n.t('Copy fix command')}></plimsoll-copy></div>`
      }
    </li>`;
  }

  private renderBlocking(decision: PolicyDecision): TemplateResult | typeof nothing {
    const { blocking } = decision;
    if (blocking.length === 0) return nothing;
    const held = new Set(blocking);
    const count = this.findings.filter((finding) => held.has(finding.id)).length;
    return html`<section>
      <h3>${l10n.t('What holds it')}</h3>
      <ul class="entries">
        ${blocking.slice(0, MAX_LISTED).map((id) => this.renderId(id))}
      </ul>
      ${blocking.length > MAX_LISTED ? html`<p class="quiet">${l10n.t('and {0} more', formatCount(blocking.length - MAX_LISTED, this.locale))}</p>` : nothing}
      ${
        count === 0
          ? nothing
          : html`<div class="row">
              <button class="link" @click=${this.showBlocking}>${l10n.t('Show {0} in the list', findingsWord(count, this.locale))}</button>
            </div>`
      }
    </section>`;
  }

  private renderId(id: string, note?: string): TemplateResult {
    const holders = this.findings.filter((item) => item.id === id);
    const [finding] = holders;
    if (finding === undefined)
      return html`<li><span class="untrusted">${toCellText(id)}</span><span></span><span class="quiet what">${note ?? ''}</span></li>`;
    const what = whereText(holders, this.locale);
    return html`<li>
      <button
        class="link"
        @click=${() => {
          this.showFinding(finding);
        }}
      >
        ${toCellText(id)}</button
      >${severityLabel(finding.severity)}<span class="quiet untrusted what">${note === undefined ? what : `${what} · ${note}`}</span>
    </li>`;
  }

  private renderAllowlisted(decision: PolicyDecision): TemplateResult | typeof nothing {
    if (decision.allowlisted.length === 0) return nothing;
    const expires = new Map(decision.policy.allowlist.map((entry) => [entry.id, entry.expires]));
    return html`<section>
      <h3>${l10n.t('Let through by the allowlist only')}</h3>
      <ul class="entries">
        ${decision.allowlisted.slice(0, MAX_LISTED).map((id) => {
          const until = expires.get(id);
          return this.renderId(id, until === undefined ? l10n.t('does not expire') : l10n.t('until {0}', formatInstant(until, this.locale, false)));
        })}
      </ul>
      ${
        decision.allowlisted.length > MAX_LISTED
          ? html`<p class="quiet">${l10n.t('and {0} more', formatCount(decision.allowlisted.length - MAX_LISTED, this.locale))}</p>`
          : nothing
      }
    </section>`;
  }

  private renderProblems(decision: PolicyDecision): TemplateResult | typeof nothing {
    // Where the policy could not be read, the problem is the reason, which stands above.
    const problems = decision.problems.filter(({ message }) => message !== decision.reason);
    if (problems.length === 0) return nothing;
    return html`<section>
      <h3>${l10n.t('What could not be read')}</h3>
      <ul>
        ${problems.slice(0, MAX_LISTED).map((problem) => html`<li class="row">${icon('warning')}<span class="untrusted">${toCellText(problem.message, 1000)}</span></li>`)}
      </ul>
    </section>`;
  }

  private readonly showBlocking = (): void => {
    navigate(this, (ui) => ({ ...ui, tab: 'findings', findingFilter: { ...noFilter, blockingOnly: true } }));
  };

  private showFinding(finding: Finding): void {
    navigate(this, (ui) => ({ ...ui, tab: 'findings', findingFilter: noFilter, openFinding: identityOf(finding) }));
  }
}

/** Says in which packages the findings of one id are; without packages, what they are. */
function whereText(findings: readonly Finding[], locale: string): string {
  const places = findings.map((finding) =>
    finding.package === undefined ? finding.title : `${finding.package.name} ${finding.package.installedVersion}`,
  );
  return listIds([...new Set(places)], locale);
}

/** Says who holds the image, where it is not the registry alone that decides. */
function headingOf({ decision, provider, parts = [] }: PolicyDecision): string {
  const isOwn = provider === 'policy-file' || parts.some((part) => part.provider === 'policy-file' && part.decision === decision);
  const isTheirs =
    provider !== 'policy-file' && (parts.length === 0 || parts.some((part) => part.provider !== 'policy-file' && part.decision === decision));
  switch (decision) {
    case 'allow':
      return isTheirs ? l10n.t('The registry would let this image leave') : l10n.t('The policy of this project lets this image leave');
    case 'block':
      if (isOwn && isTheirs) return l10n.t('The registry and the policy of this project would hold this image');
      return isTheirs ? l10n.t('The registry would hold this image') : l10n.t('The policy of this project holds this image');
    case 'block-until-scanned':
      return l10n.t('The registry would hold this image until it has scanned it');
    case 'unknown':
      return isTheirs
        ? l10n.t('It is not known what the registry would do')
        : l10n.t('It is not known whether the policy of this project lets it leave');
  }
}

function listIds(ids: readonly string[], locale: string): string {
  const shown = ids.slice(0, 8).map((id) => toCellText(id, 80));
  if (ids.length > shown.length) shown.push(l10n.t('{0} more', formatCount(ids.length - shown.length, locale)));
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(shown);
}

customElements.define('plimsoll-policy', PolicyView);
