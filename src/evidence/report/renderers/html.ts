import { createHash } from 'node:crypto';
import { findingCategories, type Finding, type FindingCategory } from '../../../foundation/model/finding.ts';
import type { ScanReport } from '../../../foundation/model/report.ts';
import type { ReportRenderer } from '../renderer.ts';
import { escapeMarkup, toPlainLine, toSafeUrl } from '../sanitize.ts';
import { explainFinding } from '../explain-finding.ts';
import { describeIgnoredBy } from '../vex-words.ts';
import { categoryNames, caveats, countBySeverity, distroName, imageName, platformName, statusNames } from '../wording.ts';

/** One page that needs nothing else: no script, no font, no picture, no address that it loads. */
export const renderer: ReportRenderer = {
  id: 'html',
  mediaType: 'text/html',
  render(report, options) {
    const hash = createHash('sha256').update(style).digest('base64');
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${show(imageName(report))} – Plimsoll</title>
<style>${style}</style>
</head>
<body>
${renderHeader(report)}
<main>
${findingCategories.map((category) => renderCategory(report, category)).join('')}${renderIgnored(report)}${renderNotices(report)}${renderProblems(report)}${renderPackages(report)}
</main>
<footer><p>Made by Plimsoll ${show(options.toolVersion)} on <time datetime="${options.createdAt.toISOString()}">${options.createdAt.toISOString().slice(0, 10)}</time>.</p></footer>
</body>
</html>
`;
  },
};

/** Everything from the image passes through here: control and reordering characters made visible, markup escaped. */
function show(text: string): string {
  return escapeMarkup(toPlainLine(text));
}

function renderHeader(report: ScanReport): string {
  const { image, advisories } = report;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Digest', image.digest],
    ['Platform', platformName(report)],
    ['Distribution', distroName(report)],
    ['Layers', String(image.layers.length)],
    ['Packages', String(report.packages.length)],
    ['Advisories', `${advisories.source}${advisories.builtAt === '' ? '' : `, built ${advisories.builtAt}`}`],
    ['Scan', report.status],
  ];
  const counts = [...countBySeverity(report.findings)]
    .map(([severity, count]) => `<li class="${severity}"><b>${count}</b> ${severity}</li>`)
    .join('');
  return `<header>
<h1>${show(imageName(report))}</h1>
${caveats(report)
  .map((caveat) => `<p class="caveat" role="note">${show(caveat)}</p>`)
  .join('\n')}
<ul class="counts">${counts}</ul>
<dl>${facts.map(([name, value]) => (value === undefined ? '' : `<dt>${name}</dt><dd>${show(value)}</dd>`)).join('')}</dl>
</header>`;
}

function renderCategory(report: ScanReport, category: FindingCategory): string {
  const findings = report.findings.filter((finding) => finding.category === category);
  if (findings.length === 0) return '';
  const vulnerabilities = category === 'os-vulnerability' || category === 'application-vulnerability';
  const heads = vulnerabilities
    ? ['Severity', 'Id', 'Package', 'Fixed in', 'What and how to put it right']
    : ['Severity', 'Id', 'Where', 'What and how to put it right'];
  return `<section>
<h2>${categoryNames[category]} (${findings.length})</h2>
<table>
<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${findings.map((finding) => renderFinding(finding, report, vulnerabilities)).join('\n')}
</tbody>
</table>
</section>
`;
}

function renderFinding(finding: Finding, report: ScanReport, vulnerability: boolean): string {
  const { package: installed } = finding;
  const where = vulnerability
    ? `<td>${show(installed?.name ?? '')} ${show(installed?.installedVersion ?? '')}</td><td>${show(installed?.fixedVersion ?? statusNames[installed?.status ?? 'unknown'])}</td>`
    : `<td>${renderPlace(finding, report)}</td>`;
  return `<tr><td><span class="${finding.severity}">${finding.severity}</span>${finding.kev === true ? ' <strong>known exploited</strong>' : ''}</td><td>${renderId(finding)}</td>${where}<td>${renderDetail(finding)}</td></tr>`;
}

function renderId({ id, references }: Finding): string {
  const url = references.map(toSafeUrl).find((address) => address !== undefined);
  return url === undefined ? show(id) : `<a href="${escapeMarkup(url)}" rel="noreferrer noopener">${show(id)}</a>`;
}

function renderPlace({ location }: Finding, report: ScanReport): string {
  const { path, line, layer, deletedLater, createdBy } = location;
  const parts = [
    path === undefined ? '' : `<code>${show(path)}${line === undefined ? '' : `:${line}`}</code>`,
    layer === undefined ? '' : `layer ${layer + 1} of ${report.image.layers.length}`,
    deletedLater === true ? '<strong>deleted by a later layer, still in the image</strong>' : '',
    path === undefined && createdBy !== undefined ? `<code>${show(createdBy)}</code>` : '',
  ];
  return parts.filter((part) => part !== '').join('<br>');
}

/** What it is and the first fix are in sight, also on paper; the rest unfolds. */
function renderDetail(finding: Finding): string {
  const { title, description, impact, remediation } = finding;
  const [first, ...others] = remediation;
  const prose = [description ?? '', impact ?? ''].filter((text) => text !== '').map((text) => `<p>${show(text)}</p>`);
  const facts = explainFinding(finding).filter(([label]) => label !== 'impact');
  const why = facts.length === 0 ? [] : [`<dl>${facts.map(([label, text]) => `<dt>${show(label)}</dt><dd>${show(text)}</dd>`).join('')}</dl>`];
  const more = [...prose, ...why, ...others.map(renderRemedy)].join('');
  return `<p>${show(title)}</p>${first === undefined ? '' : renderRemedy(first)}${more === '' ? '' : `<details><summary>More</summary>${more}</details>`}`;
}

function renderRemedy({ kind, text, description }: Finding['remediation'][number]): string {
  if (kind === 'manual') return `<p>${show(text)}</p>`;
  return `<pre>${text.split('\n').map(show).join('\n')}</pre>${description === undefined ? '' : `<p class="note">${show(description)}</p>`}`;
}

function renderIgnored({ ignored = [] }: ScanReport): string {
  if (ignored.length === 0) return '';
  const rows = ignored.map(({ finding, by }) => {
    const { id, package: installed, location } = finding;
    const place = installed === undefined ? (location.path ?? '') : `${installed.name} ${installed.installedVersion}`;
    return `<tr><td><span class="${finding.severity}">${finding.severity}</span></td><td>${show(id)}</td><td>${show(place)}</td><td>${show(describeIgnoredBy(by))}</td></tr>`;
  });
  return `<section><h2>Ignored (${ignored.length})</h2><table>
<thead><tr><th scope="col">Severity</th><th scope="col">Id</th><th scope="col">Where</th><th scope="col">Who says so, and why</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></section>
`;
}

function renderNotices({ notices = [] }: ScanReport): string {
  if (notices.length === 0) return '';
  return `<section><h2>Not heeded</h2><ul>${notices.map(({ message }) => `<li>${show(message)}</li>`).join('')}</ul></section>\n`;
}

function renderProblems(report: ScanReport): string {
  if (report.problems.length === 0) return '';
  const items = report.problems.map(({ message, path }) => `<li>${path === undefined ? '' : `<code>${show(path)}</code>: `}${show(message)}</li>`);
  return `<section><h2>Could not be read or checked</h2><ul>${items.join('')}</ul></section>\n`;
}

function renderPackages(report: ScanReport): string {
  const rows = report.packages.map(
    ({ name, version, type, layer, purl }) =>
      `<tr><td>${show(name)}</td><td>${show(version)}</td><td>${type}</td><td>${layer + 1}</td><td><code>${show(purl)}</code></td></tr>`,
  );
  return `<section><h2>Packages (${rows.length})</h2><details><summary>All packages</summary><table>
<thead><tr><th scope="col">Name</th><th scope="col">Version</th><th scope="col">Type</th><th scope="col">Layer</th><th scope="col">Package URL</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table></details></section>`;
}

const style = `
:root{color-scheme:light dark;--line:#8885;--critical:#b3001e;--high:#c2410c;--medium:#a16207;--low:#0e7490;--quiet:#6b7280}
body{font:15px/1.5 system-ui,sans-serif;max-width:75rem;margin:0 auto;padding:1.5rem}
h1{overflow-wrap:anywhere;margin:0 0 .5rem}
h2{margin-top:2rem}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:break-word}
td:nth-child(2){min-width:9rem}
td p{margin:0 0 .4rem}
pre,code{font-family:ui-monospace,monospace;font-size:.9em;white-space:pre-wrap;overflow-wrap:anywhere}
pre{margin:.3rem 0;padding:.4rem .6rem;border:1px solid var(--line);border-radius:4px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}
dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;padding:0;font-size:1.1rem}
.caveat{border-left:4px solid var(--medium);padding:.4rem .8rem;background:#a162071a;font-weight:600}
.note{opacity:.75}
.critical{color:var(--critical);font-weight:700}.high{color:var(--high);font-weight:700}.medium{color:var(--medium)}.low{color:var(--low)}.negligible,.unknown{color:var(--quiet)}
@media (prefers-color-scheme:dark){:root{--critical:#ff7b8a;--high:#fb923c;--medium:#facc15;--low:#22d3ee;--quiet:#9ca3af}}
`;
