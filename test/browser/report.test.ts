import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Locator } from 'playwright-core';
import { hostileReport, sampleDecision, sampleMessage, sampleReport } from '../support/sample-report.ts';
import { ReportLab, needsChromium } from './report-page.ts';
import type { ReportPage } from './report-page.ts';

const report = sampleReport(64);
const decision = sampleDecision(report);

/** The rows of the list that exist just now. */
function rowsOf({ page }: ReportPage): Locator {
  return page.locator('[role="row"][data-index]');
}

async function idsOf(shown: ReportPage, count = 5): Promise<readonly string[]> {
  const ids = await shown.page.locator('[role="row"][data-index] .c-id').allInnerTexts();
  return ids.slice(0, count);
}

async function spokenOf({ page }: ReportPage): Promise<string> {
  return (await page.locator('[role="status"]').innerText()).trim();
}

describe('the report page', needsChromium, () => {
  let lab: ReportLab;
  let shown: ReportPage;
  before(async () => {
    lab = await ReportLab.open();
  });
  after(async () => {
    await lab.close();
  });

  async function closing(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      assert.deepEqual(await shown.complaints(), []);
    } finally {
      await shown.close();
    }
  }

  test('says what was scanned, and what it was held against', async () => {
    shown = await lab.show(sampleMessage(report, { decision }));
    await closing(async () => {
      const { page } = shown;
      assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'harbor.example.com/harbourmaster/web-shop:2.4.1');
      const head = await shown.textOf('plimsoll-header');
      for (const fact of [
        'linux/amd64',
        'Debian GNU/Linux 12 (bookworm)',
        '85 MB',
        '6 layers',
        '20 packages',
        'Complete',
        'Starter set: not complete coverage',
      ]) {
        assert.ok(head.includes(fact), fact);
      }
      assert.equal(await page.getByRole('heading', { name: 'Held in port' }).count(), 1);
      const drawing = await page.getByRole('img', { name: 'Held in port' }).getAttribute('aria-label');
      assert.match(
        drawing ?? '',
        /Load line of harbor\.example\.com\/harbourmaster: high and worse are held\. Critical: 3 findings \(2 allowlisted, 1 not judged\); High: 5 findings \(held\)/,
      );
      assert.deepEqual(await page.getByRole('tab').allInnerTexts(), ['Findings\n64', 'Packages\n20', 'Layers\n6', 'Policy']);
      await page.getByRole('button', { name: 'Update advisories' }).click();
      await page.getByRole('button', { name: 'Check push' }).click();
      await page.getByRole('button', { name: 'Scan again' }).click();
      await page.getByRole('button', { name: 'Export' }).click();
      await page.getByRole('menuitem', { name: 'CycloneDX' }).click();
      assert.deepEqual(await shown.posted(), [
        { type: 'update-advisories' },
        { type: 'check-push' },
        { type: 'rescan' },
        { type: 'export', format: 'cyclonedx' },
      ]);
    });
  });

  test('sorts by a heading and says so', async () => {
    shown = await lab.show(sampleMessage(report));
    await closing(async () => {
      const { page } = shown;
      const heading = page.getByRole('columnheader', { name: 'ID' });
      await heading.click();
      await shown.settle();
      const ascending = [...report.findings].map((finding) => finding.id).sort(new Intl.Collator('en', { numeric: true }).compare);
      assert.deepEqual(await idsOf(shown), ascending.slice(0, 5));
      assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
      assert.equal(await spokenOf(shown), 'Sorted by ID, ascending');
      await heading.click();
      await shown.settle();
      assert.deepEqual(await idsOf(shown), ascending.reverse().slice(0, 5));
      assert.equal(await spokenOf(shown), 'Sorted by ID, descending');
    });
  });

  test('filters by text and facets, counts what is left, and remembers', async () => {
    shown = await lab.show(sampleMessage(report));
    await closing(async () => {
      const { page } = shown;
      await page.getByRole('searchbox', { name: 'Filter by id, package or path' }).fill('openssl');
      await shown.settle();
      const openssl = report.findings.filter((finding) => finding.package?.name === 'openssl');
      assert.equal(await spokenOf(shown), `${openssl.length} of 64 findings`);
      const high = openssl.filter((finding) => finding.severity === 'high');
      const facet = page.getByRole('group', { name: 'Severity' }).getByRole('button', { name: 'High' });
      assert.equal((await facet.innerText()).replaceAll(/\s+/g, ' '), `High ${high.length}`);
      await facet.click();
      await page.locator('vscode-checkbox[label^="Fixable only"]').click();
      await shown.settle();
      const left = high.filter((finding) => finding.package?.fixedVersion !== undefined).map((finding) => finding.id);
      assert.deepEqual(await idsOf(shown, 99), left);
      assert.equal(await page.getByRole('grid').getAttribute('aria-rowcount'), String(left.length + 1));
      const state = await shown.stored();
      await shown.close();

      shown = await lab.show(sampleMessage(report), { state });
      await shown.settle();
      assert.deepEqual(await idsOf(shown, 99), left);
      await shown.page.getByRole('button', { name: 'Clear filters' }).click();
      await shown.settle();
      assert.equal(await shown.page.locator('.status .number').innerText(), '64 findings');
    });
  });

  test('shows what is ignored on its own, with who says so, and offers to ignore the rest', async () => {
    const [first, second, ...others] = report.findings;
    if (first === undefined || second === undefined) throw new Error('no findings');
    const ignored = [
      {
        finding: { ...first, id: 'CVE-2031-1' },
        by: { kind: 'configuration', source: '.plimsoll.yaml', line: 4, reason: 'Nothing calls <b>it</b>', expires: '2027-01-31' },
      },
      {
        finding: { ...second, id: 'CVE-2031-2' },
        by: { kind: 'vex', source: 'vex.json', status: 'not_affected', justification: 'component_not_present', author: 'Example' },
      },
    ] as const;
    const match = {
      packageName: 'openssl',
      installedVersion: '3.0.1',
      affected: '< 3.0.2',
      recordId: 'DSA-1-1',
      bucket: 'debian 12',
      source: 'Debian Security Tracker',
    };
    const explained = {
      ...second,
      match,
      aliases: ['DSA-1-1'],
      severities: [{ source: 'nvd', severity: 'high' as const }],
      severitySource: 'nvd',
      kevAddedAt: '2026-01-02',
      epssPercentile: 0.987,
    };
    shown = await lab.show(sampleMessage({ ...report, findings: [explained, ...others], ignored }));
    await closing(async () => {
      const { page } = shown;
      assert.deepEqual((await page.getByRole('tab').allInnerTexts())[0], 'Findings\n63');
      assert.equal(await page.locator('.status .number').innerText(), '63 findings');
      const filter = page.locator('vscode-checkbox[label="Ignored (2)"]');
      await filter.click();
      await shown.settle();
      assert.deepEqual([...(await idsOf(shown))].sort(), ['CVE-2031-1', 'CVE-2031-2']);
      assert.equal(await spokenOf(shown), '2 of 2 ignored findings');
      await rowsOf(shown).filter({ hasText: 'CVE-2031-1' }).click();
      await shown.settle();
      const detail = await shown.textOf('plimsoll-finding-detail');
      for (const text of ['.plimsoll.yaml, line 4 · until 2027-01-31', 'Nothing calls <b>it</b>']) assert.ok(detail.includes(text), text);
      assert.equal(await page.getByRole('button', { name: 'Ignore…' }).count(), 0);
      await filter.click();
      await shown.settle();
      await page.getByRole('searchbox', { name: 'Filter by id, package or path' }).fill(`${explained.id} DSA-1-1`);
      await shown.settle();
      await rowsOf(shown).first().click();
      await shown.settle();
      const why = await shown.textOf('plimsoll-finding-detail');
      for (const text of ['Why it is reported', 'openssl 3.0.1', '< 3.0.2', 'DSA-1-1 · Debian Security Tracker', 'nvd high', '2026-01-02', '98.7%'])
        assert.ok(why.includes(text), text);
      await page.getByRole('button', { name: 'Ignore…' }).click();
      assert.deepEqual((await shown.posted()).at(-1), { type: 'ignore', findingId: explained.id, purl: explained.package?.purl });
    });
  });

  test('groups, and folds a group by keyboard', async () => {
    shown = await lab.show(sampleMessage(report));
    await closing(async () => {
      const { page } = shown;
      await page.getByLabel('Group by').selectOption('package');
      await shown.settle();
      const group = page.getByRole('row', { name: 'openssl 3.0.0-1~deb12u0' }).first();
      assert.equal(await group.getAttribute('aria-expanded'), 'true');
      const before = Number(await page.getByRole('treegrid').getAttribute('aria-rowcount'));
      await group.focus();
      await page.keyboard.press('ArrowLeft');
      await shown.settle();
      assert.equal(await group.getAttribute('aria-expanded'), 'false');
      const members = report.findings.filter((finding) => finding.package?.name === 'openssl').length;
      assert.equal(Number(await page.getByRole('treegrid').getAttribute('aria-rowcount')), before - members);
    });
  });

  test('shows why, and copies the fix', async () => {
    shown = await lab.show(sampleMessage(report, { decision }));
    await closing(async () => {
      const { page } = shown;
      const finding = report.findings.find((item) => item.remediation.length === 2);
      assert.ok(finding);
      await page.getByRole('row').filter({ hasText: finding.id }).click();
      const detail = page.getByRole('complementary', { name: 'Finding' });
      const panel = page.locator('plimsoll-finding-detail');
      const text = await shown.textOf('plimsoll-finding-detail');
      for (const part of [finding.id, finding.impact, finding.package?.fixedVersion, finding.package?.purl, 'Attack vector', 'Network'])
        assert.ok(text.includes(part ?? '?'), part);
      assert.equal(await detail.count(), 1);
      await panel.getByRole('button', { name: 'Copy fix command' }).click();
      assert.equal(await panel.getByRole('button', { name: 'Copied' }).count(), 1);
      assert.equal(await spokenOf(shown), 'Copied to the clipboard');
      await panel.getByRole('button', { name: 'Insert in Dockerfile' }).click();
      await panel.getByRole('button', { name: finding.references[0] ?? '' }).click();
      await panel.getByRole('button', { name: 'Ignore…' }).click();
      assert.deepEqual(await shown.posted(), [
        { type: 'copy', text: finding.remediation[0]?.text },
        { type: 'insert-in-dockerfile', text: finding.remediation[1]?.text, findingId: finding.id },
        { type: 'open-reference', url: finding.references[0] },
        { type: 'ignore', findingId: finding.id, purl: finding.package?.purl },
      ]);
    });
  });

  test('is worked by keyboard alone: one tab stop, arrows, Enter, Escape', async () => {
    shown = await lab.show(sampleMessage(report));
    await closing(async () => {
      const { page } = shown;
      await page.getByLabel('Group by').focus();
      for (let at = 0; at < 40 && !(await shown.focused()).startsWith('row'); at += 1) await page.keyboard.press('Tab');
      const first = report.findings[0]?.id ?? '';
      assert.ok((await shown.focused()).includes(`row 2 Critical ${first}`));
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await shown.settle();
      assert.ok((await shown.focused()).startsWith('row 4 '));
      assert.equal(await page.locator('plimsoll-grid [tabindex="0"]').count(), 1);
      await page.keyboard.press('Enter');
      await shown.settle();
      assert.ok((await shown.focused()).includes(report.findings[2]?.id ?? '?'), 'the focus is on the heading of the detail');
      await page.keyboard.press('Escape');
      await shown.settle();
      assert.ok((await shown.focused()).startsWith('row 4 '), 'and back on its row');
      await page.keyboard.press('Home');
      await page.keyboard.press('ArrowUp');
      await shown.settle();
      assert.equal(await shown.focused(), 'columnheader Severity');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await shown.settle();
      assert.equal(await page.getByRole('columnheader', { name: 'ID' }).getAttribute('aria-sort'), 'ascending');
      await page.keyboard.press('Tab');
      assert.ok(!(await shown.focused()).startsWith('row'), 'one Tab leaves the list');
      await page.getByRole('tab', { name: 'Findings' }).focus();
      await page.keyboard.press('ArrowRight');
      await shown.settle();
      assert.ok((await shown.focused()).startsWith('tab Packages'));
      assert.equal(await page.getByRole('tab', { name: 'Packages' }).getAttribute('aria-selected'), 'true');
    });
  });

  test('keeps few rows of ten thousand, and reaches the last', async () => {
    const large = sampleReport(10_000);
    shown = await lab.show(sampleMessage(large));
    await closing(async () => {
      const { page } = shown;
      const grid = page.getByRole('grid');
      assert.equal(await grid.getAttribute('aria-rowcount'), '10001');
      assert.ok((await rowsOf(shown).count()) < 120);
      await rowsOf(shown).first().focus();
      await page.keyboard.press('End');
      await shown.waitForFocus('row 10001 ');
      assert.ok((await shown.focused()).includes(large.findings.at(-1)?.id ?? '?'));
      assert.ok((await rowsOf(shown).count()) < 120);
      await page.evaluate('window.scrollTo(0, 100_000)');
      await shown.settle();
      assert.notEqual(await shown.focused(), 'body ', 'the list keeps the focus when its row scrolls away');
      await page.keyboard.press('ArrowUp');
      await shown.waitForFocus('row 10000 ');
      await page.keyboard.press('Home');
      await shown.waitForFocus('row 2 ');
      await page
        .locator('vscode-textfield input')
        .first()
        .fill(large.findings[5000]?.id ?? '');
      await shown.settle();
      assert.deepEqual(
        await idsOf(shown),
        large.findings
          .filter((finding) => finding.id.includes(large.findings[5000]?.id ?? '?'))
          .map((finding) => finding.id)
          .slice(0, 5),
      );
    });
  });

  test('shows packages and layers with their counts, and goes from one to the other', async () => {
    shown = await lab.show(sampleMessage(report));
    await closing(async () => {
      const { page } = shown;
      await page.getByRole('tab', { name: 'Layers' }).click();
      await shown.settle();
      const row = page.getByRole('row').filter({ hasText: 'RUN npm ci' });
      const count = report.findings.filter((finding) => finding.location.layer === 4).length;
      assert.equal((await row.innerText()).replaceAll(/\s+/g, ' '), `5 42 MB RUN npm ci --omit=dev 8 ${count}`);
      await row.click();
      await page.locator('plimsoll-layer-detail').getByRole('button', { name: '8 packages' }).click();
      await shown.settle();
      assert.equal(await page.locator('plimsoll-packages .status').innerText(), '8 of 20 packages');
      assert.equal(
        await page.evaluate('window.scrollY <= document.querySelector("plimsoll-report").shadowRoot.querySelector(".top").offsetHeight'),
        true,
      );
      await page.getByRole('row').filter({ hasText: 'lodash' }).click();
      const purl = report.packages.find((item) => item.name === 'lodash')?.purl;
      await page.locator('plimsoll-package-detail').getByRole('button', { name: 'Copy package URL' }).click();
      assert.deepEqual(await shown.posted(), [{ type: 'copy', text: purl }]);
    });
  });

  test('shows the policy, and its shortest fix', async () => {
    shown = await lab.show(sampleMessage(report));
    await closing(async () => {
      const { page } = shown;
      assert.equal(await page.getByRole('heading', { name: 'Load line not read yet' }).count(), 1);
      await page.getByRole('tab', { name: 'Policy' }).click();
      await page.locator('plimsoll-policy').getByRole('button', { name: 'Check push' }).click();
      assert.deepEqual(await shown.posted(), [{ type: 'check-push' }]);
      await shown.post({ type: 'policy', checking: true });
      assert.equal(await page.getByRole('heading', { name: 'Asking the registry…' }).count(), 1);
      await shown.post({ type: 'policy', checking: false, decision });
      const panel = page.locator('plimsoll-policy');
      const text = await shown.textOf('plimsoll-policy');
      for (const part of [decision.reason, 'high', ...decision.blocking, ...decision.allowlisted, 'until Dec 31, 2026', 'does not expire'])
        assert.ok(text.includes(part), part);
      await panel.getByRole('button', { name: 'Push image' }).click();
      assert.deepEqual((await shown.posted()).at(-1), { type: 'push-image' });
      await panel.getByRole('button', { name: 'Copy all commands' }).click();
      assert.deepEqual((await shown.posted()).at(-1), { type: 'copy', text: decision.minimalFix.map((step) => step.command).join('\n') });
      await panel.getByRole('button', { name: `Show ${decision.blocking.length} findings in the list` }).click();
      await shown.settle();
      assert.deepEqual([...(await idsOf(shown, 99))].sort(), [...decision.blocking]);
    });
  });

  test('names every package that holds it, and says once why nothing is known', async () => {
    const held = report.findings.find(({ id }) => id === decision.blocking[0]) ?? assert.fail();
    const twin = { ...held, package: { ...held.package!, name: 'twin' } };
    shown = await lab.show({ ...sampleMessage({ ...report, findings: [...report.findings, twin] }), decision });
    await closing(async () => {
      const { page } = shown;
      await page.getByRole('tab', { name: 'Policy' }).click();
      const { name, installedVersion } = held.package!;
      await page.locator('plimsoll-policy').getByText(`${name} ${installedVersion} and twin ${installedVersion}`).waitFor();
      const reason = 'the policy is told to a key only';
      const nothing = { blocking: [], allowlisted: [], minimalFix: [] };
      const problems = [{ code: 'permission' as const, message: reason }];
      await shown.post({ type: 'policy', checking: false, decision: { ...decision, ...nothing, decision: 'unknown', reason, problems } });
      await page.locator('plimsoll-policy').getByText('The policy is told to a key only.').waitFor();
      assert.equal((await shown.textOf('plimsoll-policy')).toLowerCase().split(reason).length, 2);
    });
  });

  test('shows who decided what, and what is close to being otherwise', async () => {
    const own = { provider: 'policy-file', decision: 'block', reason: 'It holds a secret.', blocking: ['secret:aws-access-key-id'] } as const;
    const theirs = { provider: decision.provider, decision: 'allow', reason: 'Nothing of level high was found.', blocking: [] } as const;
    shown = await lab.show({
      ...sampleMessage(report),
      decision: {
        ...decision,
        decision: 'block',
        parts: [theirs, own],
        platforms: [
          { platform: { os: 'linux', architecture: 'amd64' }, decision: 'allow', reason: 'Nothing there.', blocking: [] },
          {
            platform: { os: 'linux', architecture: 'arm', variant: 'v7' },
            decision: 'block',
            reason: 'CVE-2026-7 is there.',
            blocking: ['CVE-2026-7'],
          },
        ],
        decidedBy: { name: 'Trivy', version: '0.69.3', dataFrom: '2026-11-20T00:00:00Z' },
        nearMisses: [{ entry: ' cve-2026-1 ', id: 'CVE-2026-1' }],
        nearThreshold: Array.from({ length: 40 }, (_, i) => `CVE-2026-9${i}`),
        expiredAllowlist: [{ id: 'CVE-2025-5', expires: '2026-01-31T00:00:00Z' }],
      },
    });
    await closing(async () => {
      await shown.page.getByRole('tab', { name: 'Policy' }).click();
      const text = await shown.textOf('plimsoll-policy');
      for (const part of [
        'The policy of this project holds this image',
        'Policy of this project',
        own.reason,
        theirs.reason,
        'linux/arm/v7',
        'Trivy 0.69.3, with data of Nov 20, 2026',
        'does not let CVE-2026-1 through',
        'CVE-2025-5 ended on Jan 31, 2026',
        'and 10 more',
      ])
        assert.ok(text.includes(part), part);
    });
  });

  test('says before the findings what has to be known of the whole report', async () => {
    const plain = sampleReport(3);
    const image = {
      ...plain.image,
      endOfLife: { name: 'Debian 10', endedAt: '2024-06-30', source: 'debian.org' },
      otherPlatforms: [{ os: 'linux', architecture: 'arm64' }],
    };
    const advisories = { ...plain.advisories, uncovered: [{ type: 'cran' as const, packages: 3 }] };
    const origin = { reference: `registry.example.com/team/app@sha256:${'a'.repeat(64)}`, matched: 'theirs' } as const;
    const notices = [{ code: 'expired', message: 'The entry for CVE-2026-1 has expired.' }] as const;
    shown = await lab.show(sampleMessage({ ...plain, image, advisories, origin, notices, filtered: { minimumSeverity: 'high' } }));
    await closing(async () => {
      const text = await shown.textOf('plimsoll-header');
      for (const part of [
        'Debian 10 has had no security fixes since Jun 30, 2024',
        'was not looked at here',
        'were left out',
        'cran (3)',
        'linux/arm64',
        'CVE-2026-1 has expired',
        'read, elsewhere',
      ])
        assert.ok(text.includes(part), `${part}: ${text}`);
    });
    shown = await lab.show(sampleMessage(sampleReport(3)));
    await closing(async () => {
      assert.equal(await shown.page.locator('plimsoll-header .remarks').count(), 0);
    });
  });

  test('an empty report is never called clean when a part of the image was not read', async () => {
    const problems = [{ code: 'unreadable-layer', message: 'Layer 3 could not be decompressed: the stream ends early.' }] as const;
    shown = await lab.show(sampleMessage(sampleReport(0, { problems, status: 'partial' })));
    await closing(async () => {
      const text = await shown.textOf('plimsoll-report');
      assert.match(text, /Nothing found in what could be read/);
      assert.match(text, /Partial: 1 thing could not be read/);
      assert.doesNotMatch(text, /No findings\b|Complete/);
      await shown.page.getByRole('button', { name: 'Partial' }).click();
      assert.equal(await shown.page.getByText(problems[0].message).count(), 1);
    });
    shown = await lab.show(sampleMessage(sampleReport(0)));
    await closing(async () => {
      assert.match(await shown.textOf('plimsoll-findings'), /Nothing found with the starter set/);
    });
    shown = await lab.show(sampleMessage(sampleReport(0, { advisories: { source: 'db', builtAt: new Date().toISOString(), full: true } })));
    await closing(async () => {
      assert.match(await shown.textOf('plimsoll-findings'), /No findings/);
      assert.equal(await shown.page.getByRole('button', { name: 'Update advisories' }).count(), 0);
    });
  });

  test('shows progress and failure, and keeps the older report', async () => {
    shown = await lab.show({ type: 'scan-progress', message: 'Layer 2 of 6', percent: 30 });
    await closing(async () => {
      const { page } = shown;
      assert.match(await shown.textOf('main'), /Scanning… Layer 2 of 6/);
      await shown.post(sampleMessage(report));
      await shown.post({ type: 'scan-progress', message: 'Layer 1 of 6' });
      assert.equal((await rowsOf(shown).count()) > 0, true);
      await shown.post({ type: 'scan-failed', message: 'The engine stopped.' });
      assert.equal(await page.getByRole('alert').innerText(), 'The engine stopped.');
      assert.equal((await rowsOf(shown).count()) > 0, true);
      await shown.post({ type: 'scan-failed' });
      await shown.post({ type: 'nonsense' });
      assert.equal(await page.getByRole('alert').innerText(), 'The engine stopped.');
    });
  });

  test('speaks the language of the window', async () => {
    shown = await lab.show(
      sampleMessage(report, { locale: 'de', l10n: { Findings: 'Befunde', Critical: 'Kritisch', '{0} layers': '{0} Schichten' } }),
    );
    await closing(async () => {
      assert.equal(await shown.page.getByRole('tab', { name: 'Befunde' }).count(), 1);
      assert.match(await shown.textOf('plimsoll-header'), /6 Schichten/);
      assert.equal(await shown.page.locator('html').getAttribute('lang'), 'de');
    });
  });

  test('nothing in a report becomes markup, script, style or an address to open', async () => {
    const hostile = hostileReport();
    shown = await lab.show(sampleMessage(hostile));
    await closing(async () => {
      const { page } = shown;
      await page.getByRole('button', { name: /^Partial/ }).click();
      for (let at = 0; at < hostile.findings.length; at += 1) {
        await page.locator(`plimsoll-findings [data-index="${at}"]`).click();
        await shown.settle();
      }
      for (const tab of ['Packages', 'Layers', 'Policy']) {
        await page.getByRole('tab', { name: tab }).click();
        await shown.settle();
        await page
          .locator('[data-index="1"]')
          .or(page.getByRole('button', { name: 'Check push' }))
          .first()
          .click();
        await shown.settle();
      }
      assert.equal(await page.evaluate('globalThis.pwned'), undefined);
      assert.equal(await page.locator('plimsoll-report img:not([role]), plimsoll-report script').count(), 0);
      await page.getByRole('tab', { name: 'Findings' }).click();
      await page.locator('plimsoll-findings [data-index="2"]').click();
      const panel = page.locator('plimsoll-finding-detail');
      assert.match(await shown.textOf('plimsoll-finding-detail'), /open⟨U\+202E⟩ssl⟨U\+0000⟩⟨U\+001B⟩\[31m/);
      assert.equal(
        await panel.getByRole('button', { name: 'Copy fix command' }).count(),
        0,
        'a command that is not what it looks like is not offered',
      );
      assert.match(await shown.textOf('plimsoll-finding-detail'), /Holds invisible characters/);
      assert.equal(await panel.getByRole('button', { name: 'javascript' }).count(), 0);
    });
  });

  for (const [theme, width, scale] of [
    ['dark', 1280, 1],
    ['light', 400, 1],
    ['high-contrast', 640, 2],
  ] as const) {
    test(`fits ${width} pixels in the ${theme} theme: nothing is cut off sideways`, async () => {
      shown = await lab.show(sampleMessage(report, { decision }), { theme, width, scale, height: 800 });
      await closing(async () => {
        const { page } = shown;
        for (const tab of ['Findings', 'Packages', 'Layers', 'Policy']) {
          await page.getByRole('tab', { name: tab }).click();
          await shown.settle();
          const excess = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
          assert.equal(excess, 0, tab);
        }
        await page.getByRole('tab', { name: 'Findings' }).click();
        await shown.settle();
        await page.locator('plimsoll-grid .body').focus();
        await shown.waitForFocus('row 2 ');
        await page.keyboard.press('ArrowDown');
        await shown.waitForFocus('row 3 ');
        await page.keyboard.press('Enter');
        await shown.settle();
        const detail = await page.locator('plimsoll-finding-detail').boundingBox();
        assert.ok(detail && detail.x >= 0 && detail.x + detail.width <= width);
        if (width >= 900) return;
        await page.getByRole('button', { name: 'Back' }).click();
        await shown.waitForFocus('row 3 ');
      });
    });
  }
});
