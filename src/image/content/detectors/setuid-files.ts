import type { Severity } from '../../../foundation/model/severity.ts';
import type { Detector, DetectorHit, FileEntry } from '../detector.ts';
import { distributedSetuid, fatalSetuid } from './setuid-files.data.ts';

const SETUID = 0o4000;
const SETGID = 0o2000;
const STICKY = 0o1000;
const WORLD_WRITABLE = 0o0002;
const ANY_EXECUTE = 0o0111;

/** Where what everybody may write is soon run, or read, with other people's rights. */
const systemFolders = /^(?:bin|boot|etc|lib|lib32|lib64|libx32|root|sbin|usr)(?:\/|$)/;
const commandFolders = /^(?:usr\/(?:local\/)?)?s?bin\/|^usr\/lib(?:exec|32|64)?\//;

/** Programs that run with their owner's rights whoever starts them, and system files that anybody may change. */
export const detector: Detector = {
  id: 'setuid-files',
  version: 1,
  scope: 'final-filesystem',
  *inspectEntry(entry) {
    if (entry.type === 'file' && (entry.mode & ANY_EXECUTE) !== 0 && (entry.mode & (SETUID | SETGID)) !== 0) yield toSetuidHit(entry);
    else if (isWorldWritable(entry)) yield toWritableHit(entry);
  },
};

function toSetuidHit(entry: FileEntry): DetectorHit {
  const setuid = (entry.mode & SETUID) !== 0;
  const owner = setuid ? (entry.uid === 0 ? 'root' : `user ${entry.uid}`) : entry.gid === 0 ? 'group root' : `group ${entry.gid}`;
  const severity = setuidSeverity(entry, setuid);
  return {
    id: setuid ? 'baseline:setuid-file' : 'baseline:setgid-file',
    category: 'baseline',
    severity,
    title: `${nameOf(entry)} runs as ${owner} whoever starts it`,
    description:
      severity === 'negligible' || severity === 'low'
        ? 'Distributions install it so. A container whose process drops its rights has no use for it, and a flaw in it gives those rights back.'
        : 'No distribution installs it so. A flaw in it, or a feature that runs commands or writes files, gives an attacker inside the container those rights.',
    references: ['https://cwe.mitre.org/data/definitions/250.html'],
    remediation: [
      {
        kind: 'dockerfile',
        text: 'RUN find / -xdev -type f -perm /6000 -exec chmod a-s {} +',
        description: 'Takes the bits from every file; run it after the last installation, and keep the ones the application needs',
      },
    ],
  };
}

function setuidSeverity(entry: FileEntry, setuid: boolean): Severity {
  const name = nameOf(entry);
  const root = setuid ? entry.uid === 0 : entry.gid === 0;
  if (fatalSetuid.has(name.replace(/(?:\d[\d.]{0,8})$/, '')) || fatalSetuid.has(name)) return setuid && root ? 'critical' : 'high';
  const distributed = commandFolders.test(entry.path) ? distributedSetuid.get(name) : undefined;
  if (distributed !== undefined) return distributed;
  if (setuid && root) return 'high';
  return 'medium';
}

function isWorldWritable(entry: FileEntry): boolean {
  if ((entry.mode & WORLD_WRITABLE) === 0 || !systemFolders.test(entry.path)) return false;
  return entry.type === 'file' || (entry.type === 'directory' && (entry.mode & STICKY) === 0);
}

function toWritableHit(entry: FileEntry): DetectorHit {
  const folder = entry.type === 'directory';
  return {
    id: 'baseline:world-writable',
    category: 'baseline',
    severity: folder || (entry.mode & ANY_EXECUTE) !== 0 ? 'high' : 'medium',
    title: `Anybody may ${folder ? 'put files into' : 'change'} ${entry.path}`,
    description: 'Any process in the container can replace what others run or trust, and so act with their rights.',
    references: ['https://cwe.mitre.org/data/definitions/732.html'],
    remediation: [
      { kind: 'manual', text: `Take the right to write from everybody (chmod o-w) in the instruction that makes the ${folder ? 'folder' : 'file'}.` },
    ],
  };
}

function nameOf(entry: FileEntry): string {
  return entry.path.slice(entry.path.lastIndexOf('/') + 1);
}
