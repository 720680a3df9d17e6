import type { ImageConfig } from '../../../foundation/model/image.ts';
import type { Detector } from '../detector.ts';

/** Names of an account with every right: root and its number, and Windows' own. No user at all is root on Linux. */
const rootUsers: ReadonlySet<string> = new Set([
  '',
  'root',
  '0',
  'containeradministrator',
  'nt authority\\system',
  'user manager\\containeradministrator',
]);

/** The user a container of this image runs as, when that is the one who may do everything. */
export const detector: Detector = {
  id: 'root-user',
  version: 1,
  scope: 'final-filesystem',
  *inspectConfig(config) {
    const user = (config.user ?? '').trim();
    const [name = ''] = user.split(':', 1);
    if (!rootUsers.has(name.toLowerCase()) && Number(name) !== 0) return;
    // Windows images run as ContainerUser or ContainerAdministrator by their base's choice when nothing is set; only what is set can be judged.
    if (user === '' && isWindows(config)) return;
    const index = userInstruction(config);
    yield {
      id: 'baseline:root-user',
      category: 'baseline',
      severity: 'medium',
      title: user === '' ? 'The container runs as root: no USER is set' : `The container runs as ${name === '0' ? 'root (0)' : name}`,
      description:
        'An attacker who gets into the process has every right inside the container at once: to install tools, to change the application, and to try every flaw of the kernel that needs root to begin with.',
      references: ['https://docs.docker.com/build/building/best-practices/#user', 'https://cwe.mitre.org/data/definitions/250.html'],
      remediation: [
        isWindows(config)
          ? { kind: 'dockerfile', text: 'USER ContainerUser', description: 'As the last USER, after everything that installs' }
          : {
              kind: 'dockerfile',
              text: 'USER 10001',
              description: 'As the last USER, after everything that installs; a number needs no account in the image',
            },
      ],
      ...(index === undefined ? {} : { historyIndex: index }),
    };
  },
};

function userInstruction(config: ImageConfig): number | undefined {
  const index = config.history.findLastIndex(
    ({ createdBy }) => createdBy !== undefined && /^(?:\/bin\/sh -c #\(nop\) {1,2}|cmd \/S \/C #\(nop\) {1,2})?USER\s/.test(createdBy),
  );
  return index < 0 ? undefined : index;
}

function isWindows(config: ImageConfig): boolean {
  return (
    /^(?:container|nt authority|user manager)/i.test(config.user ?? '') ||
    config.history.some(({ createdBy }) => /^(?:RUN )?(?:cmd \/S \/C|powershell)/i.test(createdBy ?? '') || /^Apply image /.test(createdBy ?? ''))
  );
}
