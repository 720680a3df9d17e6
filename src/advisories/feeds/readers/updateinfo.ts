import type { Parsed } from '../../../foundation/base/result.ts';
import { toAdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import { piecesOf } from '../feed.ts';
import type { AdvisoryFeed, FeedFile } from '../feed.ts';
import type { UpdatedRelease } from '../updateinfo-release.ts';
import { releaseOfUpdate } from '../updateinfo-release.ts';
import { cveIdsIn, severityOfWord, streamInTitle, toRpmVersion } from '../vendor-words.ts';
import { attributeOf, childOf, childrenOf, readElements } from '../xml-elements.ts';
import type { XmlElement } from '../xml-elements.ts';

/**
 * The updates of a repository of rpm packages, as dnf and zypper read them: Fedora, AlmaLinux, Rocky Linux, Oracle Linux, Amazon Linux, openSUSE and SUSE Linux Enterprise publish one. An
 * update has a type, a severity, references and collections of packages; a collection may be of a module stream. Who published it, and for which release, is told by its id, its own
 * words, or the path of the file.
 * @see https://github.com/rpm-software-management/createrepo_c/blob/master/doc/
 */
export const feed: AdvisoryFeed = {
  id: 'updateinfo',
  source: {
    name: 'updateinfo.xml of rpm repositories',
    url: 'https://github.com/rpm-software-management/createrepo_c',
    licence: "each distribution's own; facts only",
  },
  wants: (name) => /(?:^|\/)[^/]*updateinfo[^/]*\.xml$/.test(name),
  *read(file) {
    for (const { element, problem } of readElements(piecesOf(file), (local) => local === 'update')) {
      yield element === undefined ? { value: [], problems: [{ message: `${file.name}: ${problem}` }] } : readUpdate(file, element);
    }
  },
};

function readUpdate(file: FeedFile, update: XmlElement): Parsed<readonly AdvisoryRecord[]> {
  const id = textOf(update, 'id');
  const cves = cvesOf(update);
  const isSecurity = attributeOf(update, 'type') === 'security';
  if (!isSecurity && cves.length === 0) return { value: [], problems: [] };
  if (id === '') return { value: [], problems: [{ message: `${file.name}: an update without an id` }] };
  const collections = childrenOf(childOf(update, 'pkglist'), 'collection');
  const release = releaseOfUpdate({
    id,
    words: [textOf(update, 'release'), ...collections.flatMap((one) => [attributeOf(one, 'short'), textOf(one, 'name')])],
    packageReleases: collections.flatMap((one) => childrenOf(one, 'package').map((item) => attributeOf(item, 'release'))),
    path: file.name,
  });
  if (release === 'not-a-system') return { value: [], problems: [] };
  if (release === undefined) return { value: [], problems: [{ message: `${file.name}: ${id}: which distribution it is for is not known` }] };
  const severity = severityOfWord(textOf(update, 'severity'));
  const facts = {
    ...(cves.length > 0 && { vendorIds: [id] }),
    ...(severity !== undefined && { severity }),
    ...(release.service !== undefined && { service: release.service }),
  };
  const { packages, problems } = packagesOf(update, collections);
  return {
    value: packages.flatMap((item) => (cves.length > 0 ? cves : [id]).map((one) => toRecord(release, item, one, facts))),
    problems: problems.map((message) => ({ message: `${file.name}: ${id}: ${message}` })),
  };
}

/** By references of the type; Fedora has none and names them in the titles of bugs, or only in its own words. */
function cvesOf(update: XmlElement): readonly string[] {
  const references = childrenOf(childOf(update, 'references'), 'reference');
  const typed = cveIdsIn(
    references.filter((one) => attributeOf(one, 'type') === 'cve').flatMap((one) => [attributeOf(one, 'id'), attributeOf(one, 'title')]),
  );
  if (typed.length > 0) return typed;
  if (attributeOf(update, 'type') !== 'security') return [];
  const titled = cveIdsIn(references.map((one) => attributeOf(one, 'title')));
  return titled.length > 0 ? titled : cveIdsIn(['title', 'summary', 'description'].map((name) => textOf(update, name)));
}

interface UpdatedPackage {
  readonly name: string;
  readonly version: string;
  readonly architectures: Set<string>;
}

/** Each package and version once, with all its architectures; sources are not installed. */
function packagesOf(
  update: XmlElement,
  collections: readonly XmlElement[],
): { readonly packages: readonly UpdatedPackage[]; readonly problems: readonly string[] } {
  const packages = new Map<string, UpdatedPackage>();
  const problems = new Set<string>();
  for (const collection of collections) {
    const module = childOf(collection, 'module');
    const stream = module === undefined ? streamInTitle(textOf(update, 'title')) : `${attributeOf(module, 'name')}:${attributeOf(module, 'stream')}`;
    for (const item of childrenOf(collection, 'package')) {
      const [bare, version, release, architecture] = ['name', 'version', 'release', 'arch'].map((name) => attributeOf(item, name));
      if (architecture === 'src' || architecture === 'nosrc') continue;
      if (bare === undefined || version === undefined || release === undefined || bare === '' || version === '') {
        problems.add('a package without a name or version');
        continue;
      }
      const isModular = module !== undefined || release.includes('.module');
      if (isModular && stream === undefined) {
        problems.add(`${bare}: of a module stream that it does not name`);
        continue;
      }
      const name = isModular ? `${stream ?? ''}::${bare}` : bare;
      const evr = toRpmVersion(attributeOf(item, 'epoch'), version, release);
      const key = `${name} ${evr}`;
      const known = packages.get(key) ?? { name, version: evr, architectures: new Set<string>() };
      if (architecture !== undefined && architecture !== '') known.architectures.add(architecture);
      packages.set(key, known);
    }
  }
  return { packages: [...packages.values()], problems: [...problems] };
}

function toRecord(release: UpdatedRelease, item: UpdatedPackage, id: string, facts: Partial<StoredAdvisory>): AdvisoryRecord {
  const architectures = [...item.architectures].sort();
  // The line's number is that of the packages it is named after, not of those they need.
  const isOfLine = release.since !== undefined && item.version.replace(/^\d+:/, '').startsWith(`${release.since}.`);
  const advisory = {
    fixedVersion: item.version,
    ...(isOfLine && { affectedVersion: release.since }),
    ...(architectures.length > 0 && { architectures }),
    ...facts,
  };
  return { kind: 'affected', bucket: release.bucket, packageName: item.name, id: toAdvisoryId(id), advisory };
}

function textOf(element: XmlElement, local: string): string {
  return childOf(element, local)?.text ?? '';
}
