/** An update as createrepo's tools write it. */
export interface MadeUpdate {
  readonly id: string;
  readonly type?: string;
  readonly cves: readonly string[];
  /** Where the CVEs stand: in references of their own type, or in titles of bugs. */
  readonly inTitles?: boolean;
  readonly release?: string;
  readonly collections: readonly MadeCollection[];
}

interface MadeCollection {
  readonly short: string;
  readonly name: string;
  /** 'nodejs:18' */
  readonly stream?: string;
  readonly packages: readonly MadeRpm[];
}

export interface MadeRpm {
  readonly name: string;
  readonly epoch?: string;
  readonly version: string;
  readonly release: string;
  readonly architectures: readonly string[];
}

/** Returns updates as an updateinfo.xml. */
export function toUpdateinfo(updates: readonly MadeUpdate[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<updates>\n${updates.map(toUpdate).join('\n')}\n</updates>\n`;
}

function toUpdate({ id, type = 'security', cves, inTitles = false, release, collections }: MadeUpdate): string {
  const references = cves.map((cve) =>
    inTitles
      ? `<reference href="https://bugzilla.example/1" id="1" type="bugzilla" title="${cve} made"/>`
      : `<reference href="https://cve.example/${cve}" id="${cve}" type="cve" title="${cve}"/>`,
  );
  return [
    `<update from="updates@example.org" status="stable" type="${type}" version="2.0"><id>${id}</id><title>made</title>`,
    `<issued date="2024-02-01 00:00:00"/>${release === undefined ? '' : `<release>${release}</release>`}<severity>Important</severity><description>made</description>`,
    `<references>${references.join('')}</references><pkglist>${collections.map(toCollection).join('')}</pkglist></update>`,
  ].join('\n');
}

function toCollection({ short, name, stream, packages }: MadeCollection): string {
  const [module, branch] = stream?.split(':') ?? [];
  const label =
    module === undefined ? '' : `<module name="${module}" stream="${branch ?? ''}" version="8100020240101000000" context="9edba152" arch="x86_64"/>`;
  const rpms = packages.flatMap(({ architectures, epoch = '0', ...rpm }) =>
    [...architectures, 'src'].map(
      (arch) =>
        `<package name="${rpm.name}" version="${rpm.version}" release="${rpm.release}" epoch="${epoch}" arch="${arch}" src="${rpm.name}.src.rpm"><filename>${rpm.name}-${rpm.version}-${rpm.release}.${arch}.rpm</filename></package>`,
    ),
  );
  return `<collection short="${short}"><name>${name}</name>${label}${rpms.join('')}</collection>`;
}
