import { readFile } from 'node:fs/promises';
import { checkPlatforms } from '../../engine/check-platforms.ts';
import type { Configuration } from '../../engine/configuration.ts';
import type { ImageInput, ScanOptions } from '../../engine/engine.ts';
import { parseReport } from '../../engine/parse-report.ts';
import { scanImage } from '../../engine/scan-image.ts';
import { messageOf } from '../../foundation/base/result.ts';
import type { Platform } from '../../foundation/model/image.ts';
import type { PolicyDecision } from '../../foundation/model/policy.ts';
import type { ScanReport } from '../../foundation/model/report.ts';
import { UsageError } from '../arguments.ts';
import type { CommandContext } from '../command.ts';
import { toImageInput, toPlatform } from '../image-arguments.ts';

export interface CheckOptions {
  readonly as?: string | undefined;
  readonly report?: string | undefined;
  readonly input?: string | undefined;
  readonly remote?: boolean | undefined;
  readonly platform?: string | undefined;
  readonly 'all-platforms'?: boolean | undefined;
  readonly advisories?: string | undefined;
}

const vulnerabilityScan = { categories: ['os-vulnerability', 'application-vulnerability'] } as const satisfies ScanOptions;

/** Returns the decision for an image: scanned now, or of a saved report. @throws {UsageError} */
export async function check(
  positionals: readonly string[],
  options: CheckOptions,
  configuration: Configuration,
  { terminal, signal }: CommandContext,
): Promise<PolicyDecision> {
  if (options.report !== undefined && (positionals.length > 0 || options.input !== undefined || options.remote === true))
    throw new UsageError('give IMAGE, --input FILE or --report FILE, only one of them');
  if (options.report !== undefined && options['all-platforms'] === true)
    throw new UsageError('a saved report is of one platform: --all-platforms needs the image itself');
  if (options.platform !== undefined && options['all-platforms'] === true) throw new UsageError('give --platform or --all-platforms, not both');
  const reports =
    options.report === undefined ? await scan(positionals, options, configuration, { terminal, signal }) : [await readReport(options.report)];
  const reference = options.as ?? reports[0]?.image.reference;
  if (reference === undefined) throw new UsageError('the image has no name of its own: say with --as REFERENCE what it would be pushed as');
  const decision = await checkPlatforms(reports, reference, { signal, configuration });
  const others = options['all-platforms'] === true ? [] : (reports[0]?.image.otherPlatforms ?? []);
  if (others.length === 0) return decision;
  const message = `Only ${toText(reports[0]?.image.platform)} was judged; there is also ${others.map(toText).join(', ')}, each of which is pulled for itself: judge all of them with --all-platforms.`;
  return { ...decision, problems: [...decision.problems, { code: 'other', message }] };
}

/** A registry's scanner looks for vulnerabilities; the project's own policy at everything. */
async function scan(
  positionals: readonly string[],
  options: CheckOptions,
  configuration: Configuration,
  context: CommandContext,
): Promise<readonly ScanReport[]> {
  const input = toImageInput(positionals, { input: options.input, remote: options.remote });
  const platform = toPlatform(options.platform);
  const scanOptions: ScanOptions = {
    ...(configuration.policy === undefined ? vulnerabilityScan : {}),
    ...(options.advisories === undefined ? {} : { advisoriesFile: options.advisories }),
  };
  const first = await scanOne(input, { ...scanOptions, ...(platform === undefined ? {} : { platform }) }, context);
  const others = options['all-platforms'] === true ? (first.image.otherPlatforms ?? []) : [];
  const reports = [first];
  for (const other of others) reports.push(await scanOne(input, { ...scanOptions, platform: other }, context));
  return reports;
}

async function scanOne(input: ImageInput, options: ScanOptions, { terminal, signal }: CommandContext): Promise<ScanReport> {
  const report = await scanImage(input, options, { signal, onProgress: terminal.progress });
  terminal.endProgress();
  return report;
}

async function readReport(file: string): Promise<ScanReport> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--report ${file} cannot be read: ${messageOf(error)}`);
  }
  const report = parseReport(text);
  if (typeof report === 'string') throw new UsageError(`--report ${file} is not a report of 'plimsoll scan --format json': ${report}`);
  return report;
}

function toText(platform: Platform | undefined): string {
  return [platform?.os, platform?.architecture, platform?.variant].filter((part) => part !== undefined).join('/');
}
