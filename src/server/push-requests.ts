import type { CheckHooks } from '../engine/check-push.ts';
import type { Configuration } from '../engine/configuration.ts';
import type { InProject } from '../protocol/server.ts';
import { progressTitles, type RequestDesk } from './requests.ts';
import type { ServerServices } from './services.ts';

export interface PushRequestsParts {
  readonly desk: RequestDesk;
  readonly services: ServerServices;
  /** What registries are asked with. */
  readonly registries: Pick<CheckHooks, 'memory' | 'cloudKeyFor'>;
  readonly configurationIn: (project: InProject) => Promise<Configuration | undefined>;
}

/** Serves the push of a scanned image, and the comparison with the registry's own scan after it. What forbids a push is decided here, whatever the client thinks. */
export function servePushes({ desk, services, registries, configurationIn }: PushRequestsParts): void {
  desk.serve('plimsoll/pushImage', progressTitles.push, async ({ report, source, reference, reason, heedProblems, ...project }, hooks) => {
    const configuration = await configurationIn(project);
    return services.pushImage(
      { report, source, target: reference, ...(reason === undefined ? {} : { reason }), ...(heedProblems === undefined ? {} : { heedProblems }) },
      { ...hooks, ...registries, ...(configuration === undefined ? {} : { configuration }) },
    );
  });
  desk.serve('plimsoll/compareScans', progressTitles.compareScans, async ({ report, reference, digest, waitMs, ...project }, hooks) => {
    const configuration = await configurationIn(project);
    return services.compareWithRegistry(report, reference, digest, { ...hooks, waitMs, ...(configuration === undefined ? {} : { configuration }) });
  });
}
