const HEAD = '# escape=`\nFROM mcr.microsoft.com/windows/servercore:ltsc2022\n';

/** Returns a Dockerfile whose last line runs `script` in PowerShell. */
export function powershell(script: string): string {
  return `${HEAD}SHELL ["powershell", "-Command"]\nRUN ${script}\n`;
}

/** Returns a Dockerfile whose last line runs `script` in cmd. */
export function cmd(script: string): string {
  return `${HEAD}RUN ${script}\n`;
}
