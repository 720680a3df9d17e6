import { MAX_AUDIT_JOBS } from '../../foundation/base/limits.ts';

/** Apart from the command, so that help does not load what carries it out. */
export const auditHelp = `usage: plimsoll policy audit REGISTRY/NAMESPACE  [options]
       plimsoll policy audit --merge FILE...

Judges every image of a registry's namespace: by the report that was attached to it (plimsoll attach), by what this machine
remembers of it, or, with --remote, by a scan. Each digest of a repository is judged once, however many tags it has.

  --tags WHICH           all (default), latest:N (the N that sort highest as versions, 'latest' first), or a pattern: 'v1.*'
  --repositories FILE    look at these, one a line, instead of those that the registry lists
  --platform OS/ARCH     only this image of a multi-platform one (default: each)
  --remote               scan what has no report
  --jobs N               repositories at the same time, 1 to ${MAX_AUDIT_JOBS} (default 4)
  --shard I/N            only part I of N: every repository belongs to one part, always the same
  --state FILE           keep what was judged in FILE; a run that was cut off goes on from there
  --merge                put parts together: FILEs are states, or what --format jsonl printed
  --format FORMAT        table (default), json, or jsonl (a line as soon as something is judged)
  --advisories FILE      use this advisory database
  --config FILE          the project's own policy is in FILE (default: .plimsoll.yaml here or above)
  -q, --quiet            show no progress

exit codes: 0 all allowed · 1 something is blocked · 2 usage · 3 something is not known, or not looked at, or there is nothing to look at`;
