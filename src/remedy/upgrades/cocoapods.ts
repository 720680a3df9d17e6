import type { Remediation } from '../../foundation/model/finding.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, manual, quote } from '../words.ts';

/** CocoaPods. A part of a pod, `Firebase/Core`, goes up with the pod. @see https://guides.cocoapods.org/terminal/commands.html#pod_update */
export const upgrade: PackageUpgrade = {
  id: 'cocoapods',
  types: ['cocoapods'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,100}(?:\/[A-Za-z0-9_+][A-Za-z0-9_.+-]{0,100}){0,10}$/,
  version: /^\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

function remediations({ package: { name }, fixedVersion }: FixablePackage): readonly Remediation[] {
  const pod = name.split('/', 1)[0] ?? name;
  return [
    command(`pod update ${quote(pod)}`, `Run it in the project: it takes the newest version of ${pod} that the Podfile allows`),
    manual(`If that is still older than ${fixedVersion}, ask for ${pod} >= ${fixedVersion} in the Podfile, or raise the pod that holds it back.`),
  ];
}
