import type { SystemFact } from './system-fact.ts';

/** A file of Ubuntu's CVE tracker: what `<codename>_<source>: <status> (<note>)` says of one release. What nobody has looked at yet (needs-triage) is open, under investigation. */
export function readUbuntu(name: string, text: string, codename: string): readonly SystemFact[] {
  const id = name.slice(name.lastIndexOf('/') + 1);
  return text.split('\n').flatMap((line): readonly SystemFact[] => {
    if (!line.startsWith(`${codename}_`)) return [];
    const [, packageName = '', status, note = ''] = /^\w+_([^:]+): *([a-z-]+) *(?:\((.*)\))?/.exec(line) ?? [];
    if (status === 'released') return /^\d\S*$/.test(note) ? [{ packageName, id, fixed: note }] : [];
    const isOpen = ['needed', 'needs-triage', 'pending', 'deferred', 'ignored'].includes(status ?? '');
    return isOpen ? [{ packageName, id }] : [];
  });
}
