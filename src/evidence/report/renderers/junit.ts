import { findingCategories, type Finding } from '../../../foundation/model/finding.ts';
import type { ReportRenderer } from '../renderer.ts';
import { escapeMarkup, toPlainLine } from '../sanitize.ts';
import { explainFinding } from '../explain-finding.ts';
import { describeIgnoredBy } from '../vex-words.ts';
import { categoryNames, caveats, imageName } from '../wording.ts';

/** JUnit XML, which every build server shows: a category is a suite, a finding a failed case, a problem an error. A category without findings is one passed case, unless the scan was partial. */
export const renderer: ReportRenderer = {
  id: 'junit',
  mediaType: 'application/xml',
  render(report) {
    const suites = findingCategories.map((category) => {
      const findings = report.findings.filter((finding) => finding.category === category);
      const cases =
        findings.length === 0
          ? report.status === 'complete'
            ? [element('testcase', { classname: category, name: 'no findings' })]
            : []
          : findings.map(toCase);
      return element('testsuite', { name: categoryNames[category], tests: cases.length, failures: findings.length, errors: 0 }, cases);
    });
    const ignored = (report.ignored ?? []).map(({ finding, by }) =>
      element('testcase', { classname: finding.category, name: nameOf(finding) }, [element('skipped', { message: describeIgnoredBy(by) })]),
    );
    const problems = report.problems.map(({ code, message, path }) =>
      element('testcase', { classname: 'scan', name: path ?? code }, [
        element('error', { type: code, message: path === undefined ? message : `${path}: ${message}` }),
      ]),
    );
    const all = [
      ...suites,
      ...(ignored.length === 0
        ? []
        : [element('testsuite', { name: 'Ignored', tests: ignored.length, failures: 0, errors: 0, skipped: ignored.length }, ignored)]),
      ...(problems.length === 0
        ? []
        : [element('testsuite', { name: 'Could not be read or checked', tests: problems.length, failures: 0, errors: problems.length }, problems)]),
    ];
    const properties = [
      ['status', report.status],
      ['advisories', report.advisories.source],
      ...[...caveats(report), ...(report.notices ?? []).map(({ message }) => message)].map((caveat) => ['caveat', caveat]),
    ];
    const head = element('testsuite', { name: 'Scan', tests: 0, failures: 0, errors: 0 }, [
      element(
        'properties',
        {},
        properties.map(([name = '', value = '']) => element('property', { name, value })),
      ),
    ]);
    const tests =
      report.findings.length +
      ignored.length +
      problems.length +
      (report.status === 'complete' ? suites.length - new Set(report.findings.map(({ category }) => category)).size : 0);
    return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: imageName(report), tests, failures: report.findings.length, errors: problems.length }, [head, ...all])}\n`;
  },
};

function nameOf({ id, package: installed, location }: Finding): string {
  const place =
    installed === undefined
      ? [location.path ?? '', location.line ?? ''].filter((part) => part !== '').join(':')
      : `${installed.name} ${installed.installedVersion}`;
  return place === '' ? id : `${id} ${place}`;
}

function toCase(finding: Finding): string {
  const { package: installed } = finding;
  const text = [
    finding.description ?? '',
    finding.impact ?? '',
    installed?.fixedVersion === undefined ? '' : `Fixed in ${installed.fixedVersion}.`,
    ...finding.remediation.map(({ kind, text }) => (kind === 'manual' ? text : `Fix: ${text}`)),
    ...explainFinding(finding).flatMap(([label, said]) => (label === 'impact' || label === 'references' ? [] : [`${label}: ${said}`])),
    ...finding.references,
  ].filter((part) => part !== '');
  return element('testcase', { classname: finding.category, name: nameOf(finding) }, [
    element('failure', { type: finding.severity, message: `${finding.severity}: ${finding.title}` }, [
      text
        .flatMap((part) => part.split('\n'))
        .map(show)
        .join('\n'),
    ]),
  ]);
}

/** As in every format that people read: control and reordering characters made visible, markup escaped. */
function show(text: string): string {
  return escapeMarkup(toPlainLine(text));
}

/** Returns one element; attribute values are escaped here, children must be. */
function element(name: string, attributes: Readonly<Record<string, string | number>>, children: readonly string[] = []): string {
  const open = `<${name}${Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${show(String(value))}"`)
    .join('')}`;
  if (children.length === 0) return `${open}/>`;
  const inner = children.join('\n');
  return inner.startsWith('<') ? `${open}>\n${inner}\n</${name}>` : `${open}>${inner}</${name}>`;
}
