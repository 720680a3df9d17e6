import { parse as parseToml } from 'smol-toml';
import { MAX_ADVISORY_DOCUMENT_BYTES } from '../../../foundation/base/limits.ts';
import { messageOf } from '../../../foundation/base/result.ts';
import type { Parsed } from '../../../foundation/base/result.ts';
import type { AdvisoryId } from '../../../foundation/model/brand.ts';
import type { AdvisoryRecord, StoredAdvisory } from '../../store/record.ts';
import type { JsonObject } from '../documents.ts';
import { isObject, unreadable } from '../documents.ts';
import { factsIn, toDate, toFact, toId, toRating } from '../facts.ts';
import { isCompanyFile } from '../company-files.ts';
import type { AdvisoryFeed, FeedFile } from '../feed.ts';
import { decodeText } from '../text.ts';

/**
 * RustSec's database: a Markdown file for each advisory under crates/<name>/ that begins with a fenced TOML block: `[advisory]` with its id, `[versions]` with requirements that clear a version,
 * `[affected]` with functions and systems. One without either requirement affects every version. Advisories that a crate has no maintainer any more, and mere notices, are no vulnerabilities; those on
 * Rust itself (rust/) are of no crate.
 * @see https://github.com/rustsec/advisory-db
 */
export const feed: AdvisoryFeed = {
  id: 'rustsec',
  source: { name: 'RustSec Advisory Database', url: 'https://rustsec.org/', licence: 'CC0-1.0, some CC-BY-4.0; facts only' },
  wants: (name) => /(?:^|\/)crates\/[^/]+\/RUSTSEC-[^/]*\.md$/.test(name) && !isCompanyFile(name),
  *read(file) {
    yield readAdvisory(file);
  },
};

function readAdvisory(file: FeedFile): Parsed<readonly AdvisoryRecord[]> {
  if (file.bytes.length > MAX_ADVISORY_DOCUMENT_BYTES) return unreadable(file, `larger than ${MAX_ADVISORY_DOCUMENT_BYTES} bytes`);
  const block = /^\s*```toml\r?\n([\s\S]*?)\n```/.exec(decodeText(file.bytes))?.[1];
  if (block === undefined) return unreadable(file, 'it does not begin with a block of TOML');
  let document: JsonObject;
  try {
    document = parseToml(block);
  } catch (error) {
    return unreadable(file, messageOf(error));
  }
  const advisory = isObject(document.advisory) ? document.advisory : {};
  const [own, packageName] = [toId(advisory.id), toFact(advisory.package)];
  if (own === undefined || packageName === undefined) return unreadable(file, 'no id or package of an advisory');
  if (advisory.withdrawn !== undefined) return { value: [{ kind: 'vulnerability', id: own, detail: { withdrawn: true } }], problems: [] };
  if (advisory.informational !== undefined && advisory.informational !== 'unsound') return { value: [], problems: [] };
  return { value: toRecords(own, packageName.toLowerCase(), advisory, document), problems: [] };
}

function toRecords(own: AdvisoryId, packageName: string, advisory: JsonObject, document: JsonObject): readonly AdvisoryRecord[] {
  const named = [own, ...factsIn(advisory.aliases).flatMap((alias) => toId(alias) ?? [])];
  const cves = named.filter((id) => id.startsWith('CVE-'));
  const ids = cves.length > 0 ? cves : [own];
  const vendorIds = named.filter((id) => !ids.includes(id)).sort();
  const rating = toRating(advisory.cvss, 'rustsec');
  const publishedAt = toDate(toText(advisory.date));
  const said: StoredAdvisory = { ...toVersions(document.versions), ...toLimits(document.affected), ...(vendorIds.length > 0 && { vendorIds }) };
  return ids.flatMap((id): readonly AdvisoryRecord[] => [
    { kind: 'affected', bucket: `cargo::${feed.source.name}`, packageName, id, advisory: said },
    {
      kind: 'vulnerability',
      id,
      detail: { ...(rating !== undefined && { ratings: [rating] }), ...(publishedAt !== undefined && { publishedAt }) },
    },
  ]);
}

function toVersions(versions: unknown): StoredAdvisory {
  const patchedVersions = isObject(versions) ? factsIn(versions.patched) : [];
  const unaffectedVersions = isObject(versions) ? factsIn(versions.unaffected) : [];
  if (patchedVersions.length === 0 && unaffectedVersions.length === 0) return { vulnerableVersions: ['>=0'] };
  return { ...(patchedVersions.length > 0 && { patchedVersions }), ...(unaffectedVersions.length > 0 && { unaffectedVersions }) };
}

function toLimits(affected: unknown): StoredAdvisory {
  if (!isObject(affected)) return {};
  const operatingSystems = [...factsIn(affected.os)].sort();
  const symbols = isObject(affected.functions) ? factsIn(Object.keys(affected.functions)).toSorted() : [];
  return { ...(operatingSystems.length > 0 && { operatingSystems }), ...(symbols.length > 0 && { symbols }) };
}

/** A date without quotes is TOML's own kind. */
function toText(value: unknown): string | undefined {
  return value instanceof Date ? value.toISOString().slice(0, 10) : toFact(value);
}
