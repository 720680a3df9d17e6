import { buildOval, definition } from './oval-builder.ts';

function oval(metadata: string, criterion: string, kind = 'patch', name = 'rpminfo_test'): string {
  return buildOval(definition(metadata, `<criteria operator="AND">${criterion}<criterion test_ref="p"/></criteria>`, kind), [
    { id: 'r', name: 'x-release', fields: [['version', 'pattern match', '^9']] },
    { id: 'p', kind: name, name: 'bash', fields: [['evr', 'less than', '0:5.1-2.el9']] },
  ]);
}

function release(words: string): string {
  return `<criterion test_ref="r" comment="${words} is installed"/>`;
}

const cve = '<reference source="CVE" ref_id="CVE-2024-0001"/>';

/** Of each distribution's feed a name that it wants, and a small file that is right. */
export const distributionSamples: Readonly<Record<string, readonly [name: string, text: string]>> = {
  'almalinux-oval': ['org.almalinux.alsa-9.xml', oval(`<reference source="ALSA" ref_id="ALSA-2024:1"/>${cve}`, release('AlmaLinux 9'))],
  'azure-oval': ['azurelinux-3.0-oval.xml', oval(cve, '', 'vulnerability')],
  csaf: [
    'vex/2024/cve-2024-0001.json',
    JSON.stringify({
      document: { csaf_version: '2.0', publisher: { namespace: 'https://www.suse.com/' }, tracking: { id: 'SUSE-SU-2024:1-1' } },
      product_tree: {
        full_product_names: [
          { name: 'vim-9.1-1.1', product_id: 'v' },
          { name: 'openSUSE Tumbleweed', product_id: 't' },
        ],
        relationships: [{ full_product_name: { product_id: 't:v' }, product_reference: 'v', relates_to_product_reference: 't' }],
      },
      vulnerabilities: [{ cve: 'CVE-2024-0001', product_status: { fixed: ['t:v'] } }],
    }),
  ],
  'debian-tracker': ['debian-tracker.json', '{"bash":{"CVE-2024-0001":{"releases":{"bookworm":{"status":"open","urgency":"low"}}}}}'],
  'fedora-bodhi': [
    'bodhi-f41.json',
    '[{"updateid":"FEDORA-2024-1","type":"security","status":"stable","release":{"id_prefix":"FEDORA","version":"41"},"builds":[{"nvr":"bash-5-1.fc41","type":"rpm"}]}]',
  ],
  'oracle-oval': ['com.oracle.elsa-all.xml', oval(`<reference source="elsa" ref_id="ELSA-2024-1"/>${cve}`, release('Oracle Linux 9'))],
  'photon-cve-metadata': ['cve_data_photon5.0.json', '[{"cve_id":"CVE-2024-0001","pkg":"bash","cve_score":7.5,"aff_ver":"x","res_ver":"5.1-2.ph5"}]'],
  'photon-oval': ['com.vmware.phsa-photon3.xml', oval(`<affected><platform>Photon 3</platform></affected>${cve}`, '')],
  'redhat-oval': ['rhel-9.oval.xml', oval(`<reference source="RHSA" ref_id="RHSA-2024:1"/>${cve}`, release('Red Hat Enterprise Linux 9'))],
  'redhat-products': ['repository-to-cpe.json', '{"data":{"rhel-9-baseos-rpms":{"cpes":["cpe:/o:redhat:enterprise_linux:9"]}}}'],
  'redhat-security-data': [
    'securitydata/CVE-2024-0001.json',
    '{"name":"CVE-2024-0001","package_state":[{"package_name":"bash","fix_state":"Affected","cpe":"cpe:/o:redhat:enterprise_linux:9"}]}',
  ],
  'rocky-oval': ['org.rockylinux.rlsa-9.xml', oval('<reference source="RLSA" ref_id="RLSA-2024:1"/><description>(CVE-2024-0001)</description>', '')],
  'suse-oval': ['suse.linux.enterprise.15.xml', oval(cve, release('SUSE Linux Enterprise Server 15 SP4'), 'vulnerability')],
  'ubuntu-oval': ['com.ubuntu.jammy.usn.oval.xml', oval(`<reference source="USN" ref_id="USN-1-1"/>${cve}`, '', 'patch', 'dpkginfo_test')],
  'ubuntu-usn': ['database-all.json', '{"1-1":{"cves":["CVE-2024-0001"],"releases":{"jammy":{"sources":{"bash":{"version":"5.1-6ubuntu1.1"}}}}}}'],
  updateinfo: [
    'repodata/updateinfo.xml',
    '<updates><update type="security"><id>ALAS2023-2024-1</id><pkglist><collection short="x"><package name="bash" epoch="0" version="5" release="1" arch="x86_64"/></collection></pkglist></update></updates>',
  ],
  'wolfi-secdb': [
    'os/security.json',
    '{"urlprefix":"https://packages.wolfi.dev","packages":[{"pkg":{"name":"bash","secfixes":{"5.2-r1":["CVE-2024-0001"]}}}]}',
  ],
};
