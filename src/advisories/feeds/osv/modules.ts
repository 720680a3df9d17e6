import type { JsonObject } from '../documents.ts';
import { isObject, textOf } from '../documents.ts';

/**
 * Returns the names under which an rpm is kept. One of a module is kept under each stream it was built for, `nodejs:18::npm`; its version says that it is one ('.module+el8', '.module_el8'), the record
 * says which: beside the package, in the package's URL, or else in its headline, where the rebuilders of Red Hat name it ('nodejs:18 security update'). None when a module's stream is not to be found.
 */
export function rpmNames(name: string, fixedVersion: string | undefined, affected: JsonObject, record: JsonObject): readonly string[] {
  const stated = statedModule(affected);
  if (stated === undefined && !/\.module[+_]/.test(fixedVersion ?? '')) return [name];
  const modules = stated === undefined ? modulesInHeadline(textOf(record.summary) ?? '') : [stated];
  return modules.map((module) => `${module}::${name}`);
}

function statedModule(affected: JsonObject): string | undefined {
  const specific = isObject(affected.ecosystem_specific) ? affected.ecosystem_specific : {};
  const purl = isObject(affected.package) ? (textOf(affected.package.purl) ?? '') : '';
  const inUrl = /[?&]rpmmod=([^&#]+)/.exec(purl.slice(0, MAX_PURL_LENGTH))?.[1]?.replaceAll(/%3A/gi, ':');
  const text = textOf(specific.rpm_modularity) ?? inUrl ?? '';
  return /^([\w.+-]+:[\w.+-]+)(?::|$)/.exec(text)?.[1];
}

function modulesInHeadline(summary: string): readonly string[] {
  const words = summary.slice(0, MAX_HEADLINE_LENGTH).split(/[\s,]+/);
  return [...new Set(words.filter((word) => /^[\w.+-]{1,64}:[A-Za-z0-9][\w.+-]{0,64}$/.test(word) && !/^\d+:/.test(word)))];
}

const MAX_PURL_LENGTH = 1024;
const MAX_HEADLINE_LENGTH = 512;
