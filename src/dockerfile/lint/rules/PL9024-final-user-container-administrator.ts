import { fixWith, replaceRange } from '../queries/edits.ts';
import type { Rule } from '../rule.ts';

const WINDOWS = 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\n';

export const rule: Rule = {
  id: 'PL9024',
  slug: 'final-user-container-administrator',
  title: 'Windows container runs as an administrator',
  severity: 'medium',
  aliases: [],
  fixable: 'suggested',
  appliesToHistory: false,
  docs: {
    reports:
      'The last USER of the final stage is ContainerAdministrator, Administrator or SYSTEM. Not reported: other stages, a switch back to another user behind the steps that need it.',
    why: 'Whoever takes over the process is administrator inside the container: free to change its files, services and registry, and one flaw of the isolation away from the host.',
    fix: 'Put `USER ContainerUser` behind the last step that needs the administrator.',
    bad: [`${WINDOWS}USER ContainerAdministrator\nRUN setx /M PATH "C:\\app;%PATH%"\nCMD ["app.exe"]\n`, `${WINDOWS}USER "NT AUTHORITY\\SYSTEM"\n`],
    good: [
      `${WINDOWS}USER ContainerAdministrator\nRUN setx /M PATH "C:\\app;%PATH%"\nUSER ContainerUser\nCMD ["app.exe"]\n`,
      `${WINDOWS.replace('\n', ' AS build\n')}USER ContainerAdministrator\n${WINDOWS}COPY --from=build C:/app C:/app\n`,
    ],
    references: ['https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-security'],
  },
  *check(model) {
    const user = model.finalStage?.user;
    const [first, last] = [user?.args[0], user?.args.at(-1)];
    if (user === undefined || first === undefined || last === undefined) return;
    const name = user.body.text.replaceAll(/["']/g, '').trim();
    if (!/^(?:(?:user manager|nt authority|builtin|\.)\\)?(?:containeradministrator|administrator|system)$/i.test(name)) return;
    const range = { start: first.range.start, end: last.range.end };
    yield {
      message: `The last USER is ${name}: the container runs as an administrator`,
      range,
      fixes: fixWith('suggested', 'Use ContainerUser', [replaceRange(range, 'ContainerUser')]),
    };
  },
};
