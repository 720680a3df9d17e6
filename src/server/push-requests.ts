import type { CheckHooks } from '../engine/check-push.ts';
import type { Configuration } from '../engine/configuration.ts';
import type { InProject } from '../protocol/request.ts';
import { progressTitles, type RequestDesk } from './requests.ts';
import type { ServerServices } from './services.ts';

export interface PushRequestsParts {
  readonly desk: RequestDesk;
  readonly services: ServerServices;
  /** What registries are asked with. */
  readonly registries: Required<Pick<CheckHooks, 'memory' | 'cloudKeyFor'>>;
  readonly configurationIn: (project: InProject) => Promise<Configuration | undefined>;
}

/** Serves what a registry would say to a push, the push of a scanned image, and the comparison with the registry's own scan after it. What forbids a push is decided here, whatever the client thinks. */
export function servePushes({ desk, services, registries, configurationIn }: PushRequestsParts): void {
  desk.serve('plimsoll/checkPush', progressTitles.checkPush, async ({ report, reference, ...project }, hooks) => {
    const configuration = await configurationIn(project);
    // Who checks wants to know how it is now; what follows within a minute, the push, goes by the same answer.
    registries.memory.clear();
    return services.checkPush(report, reference, { ...hooks, ...registries, ...(configuration === undefined ? {} : { configuration }) });
  });
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
