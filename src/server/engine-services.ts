import { addIgnoreEdit } from '../engine/configuration-edit.ts';
import { readConfiguration } from '../engine/configuration.ts';
import { describeDockerfile } from '../engine/describe-dockerfile.ts';
import { composeSuppressionEdit, lintCompose } from '../engine/lint-compose.ts';
import { lintDockerfile, ruleById, ruleByName, suppressionEdit } from '../engine/lint-dockerfile.ts';
import { leftToOthers } from '../engine/shared-checks.ts';
import { findLookUps } from '../engine/look-ups.ts';
import { createPolicyAnswers } from '../engine/policy-answers.ts';
import type { ServerServices } from './services.ts';

/** The real engine. Lint is loaded with the server; whatever a keystroke does not need is loaded when it is first asked for. */
export const engineServices: ServerServices = {
  lintDockerfile,
  lintCompose,
  ruleById,
  ruleByName,
  suppressionEdit,
  composeSuppressionEdit,
  describeDockerfile,
  leftToOthers,
  findLookUps,
  askServers: async (offline) => (await import('../engine/ask-servers.ts')).createAsk({ offline }),
  readConfiguration,
  addIgnoreEdit,
  readExceptions: async (folder) => (await (await import('../engine/exceptions.ts')).readExceptions({ folder })).exceptions,
  withExceptions: async (report, exceptions) => (await import('../engine/exceptions.ts')).withExceptions(report, exceptions, new Date()),
  rematch: async (options, hooks) => (await import('../engine/rematch-in-worker.ts')).rematchInWorker(options, hooks),
  rematchReport: async (report, file, hooks) => (await import('../engine/rematch-in-worker.ts')).rematchReportInWorker(report, file, hooks),
  scanImage: async (input, options, hooks) => (await import('../engine/scan-in-worker.ts')).scanInWorker(input, options, hooks),
  createPolicyAnswers,
  checkPush: async (report, reference, hooks) => (await import('../engine/check-push.ts')).checkPush(report, reference, hooks),
  pushImage: async (order, hooks) => (await import('../engine/push-image.ts')).pushImage(order, hooks),
  compareWithRegistry: async (report, reference, digest, hooks) =>
    (await import('../engine/push-image-comparison.ts')).compareWithRegistry(report, reference, digest, hooks),
  listLocalImages: async (signal) => (await import('../engine/local-images.ts')).listLocalImages(signal),
  advisoriesStatus: async () => (await import('../engine/advisories.ts')).advisoriesStatus(),
  updateAdvisories: async (hooks, options) => (await import('../engine/advisories.ts')).updateAdvisories(hooks, options),
  renderReport: async (report, format) => {
    const { renderReport, reportFormats } = await import('../engine/render-report.ts');
    const known = reportFormats.find((id) => id === format);
    if (known === undefined) throw new RangeError(`reports cannot be written as ${format}`);
    return renderReport(report, known, {});
  },
};
