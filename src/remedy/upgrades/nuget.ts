import type { Remediation } from '../../foundation/model/finding.ts';
import type { InstalledPackage } from '../../foundation/model/package.ts';
import type { FixablePackage, PackageUpgrade } from '../upgrade.ts';
import { command, fileNameOf, manual, placeOf, quote } from '../words.ts';

/** NuGet, and .NET's own runtimes, which are reported under the names of their packages. @see https://learn.microsoft.com/nuget/reference/nuspec#id */
export const upgrade: PackageUpgrade = {
  id: 'nuget',
  types: ['nuget'],
  name: /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/,
  version: /^\d[0-9A-Za-z.+-]{0,100}$/,
  remediations,
};

const runtime = /^Microsoft\.(?:NETCore|AspNetCore|WindowsDesktop)\.App(?:\.(?:Runtime|Host)\..+)?$/i;
const sharedFramework = /(?:^|\/)dotnet\/shared\//;

function remediations({ package: installed, fixedVersion }: FixablePackage): readonly Remediation[] {
  const { name } = installed;
  if (isRuntime(installed)) {
    return [
      manual(
        `${name} is part of the .NET runtime at ${placeOf(installed) ?? 'its place'}: take an image of the runtime that has ${fixedVersion} or later. If the program brings its own runtime, publish it again with an SDK of that age.`,
      ),
    ];
  }
  if (fileNameOf(installed) === 'packages.config') {
    return [
      command(
        `nuget update packages.config -Id ${quote(name)} -Version ${quote(fixedVersion)}`,
        `Run it in the project: it raises ${name} to ${fixedVersion}`,
      ),
    ];
  }
  return [
    command(
      `dotnet add package ${quote(name)} --version ${quote(fixedVersion)}`,
      `Run it in the project, and publish it again: it asks for ${name} ${fixedVersion}`,
    ),
    manual(
      `If another package brings ${name} in ("dotnet nuget why" says which), a newer version of that one may be the better way. A packages.lock.json is written anew by "dotnet restore --force-evaluate".`,
    ),
  ];
}

function isRuntime(installed: InstalledPackage): boolean {
  return runtime.test(installed.name) || sharedFramework.test(installed.files[0] ?? '');
}
