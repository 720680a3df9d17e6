import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import * as l10n from '@vscode/l10n';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Exceptions } from '../engine/exceptions.ts';
import { CONFIGURATION_NAMES, type Configuration } from '../engine/configuration.ts';
import type { ScanHooks } from '../engine/engine.ts';
import { MAX_YAML_BYTES } from '../foundation/base/limits.ts';
import { readSmallTextFile } from '../foundation/io/text-file.ts';
import type { ScanReport } from '../foundation/model/report.ts';
import type { IgnoreParams, IgnoreResult } from '../protocol/exception-requests.ts';
import type { InProject } from '../protocol/request.ts';
import type { RefreshReportParams } from '../protocol/image-requests.ts';
import type { RequestDesk } from './requests.ts';
import type { ServerServices } from './services.ts';

export interface FindingRequestsParts {
  readonly desk: RequestDesk;
  readonly services: ServerServices;
  /** The open document of a file, whose text counts before the one on disk. */
  readonly openDocument: (uri: string) => Pick<TextDocument, 'getText'> | undefined;
}

/** What is asked of findings after the scan: to ignore one, to match them again, to look at a report with the configuration of now. */
export class FindingRequests {
  readonly #parts: FindingRequestsParts;

  constructor(parts: FindingRequestsParts) {
    this.#parts = parts;
    const { desk, services } = parts;
    desk.serve(
      'plimsoll/rematch',
      () => l10n.t('Matching new advisories'),
      ({ since, advisoriesFile }, hooks) =>
        services.rematch({ ...(since === undefined ? {} : { since }), ...(advisoriesFile === undefined ? {} : { advisoriesFile }) }, hooks),
    );
    desk.serve('plimsoll/refreshReport', undefined, (params, hooks) => this.#refresh(params, hooks));
    desk.serve('plimsoll/ignore', undefined, (params) => this.#ignore(params));
  }

  /** Returns what the project's configuration says of findings; undefined where no folder of this machine is known. */
  async exceptionsIn(project: InProject): Promise<Exceptions | undefined> {
    const folder = folderOf(project);
    return folder === undefined ? undefined : this.#parts.services.readExceptions(folder);
  }

  /** Returns the project's configuration; undefined where no folder of this machine is known. */
  async configurationIn(project: InProject): Promise<Configuration | undefined> {
    const folder = folderOf(project);
    return folder === undefined ? undefined : this.#parts.services.readConfiguration(path.join(folder, 'image'));
  }

  async #refresh({ report, match, advisoriesFile, ...project }: RefreshReportParams, hooks: ScanHooks): Promise<ScanReport> {
    const { services } = this.#parts;
    const matched = match ? await services.rematchReport(report, advisoriesFile, hooks) : report;
    const exceptions = await this.exceptionsIn(project);
    return services.withExceptions(matched, exceptions ?? { ignores: [], statements: [], notices: [] });
  }

  async #ignore({ id, package: named, path: file, reason, expires, ...project }: IgnoreParams): Promise<IgnoreResult> {
    const { services } = this.#parts;
    const folder = folderOf(project);
    if (folder === undefined) return { uri: '', edit: null };
    // Where the nearest one is; else beside what the image is built from.
    const found = (await services.readConfiguration(path.join(folder, 'image'))).file ?? path.join(folder, CONFIGURATION_NAMES[0]);
    const uri = pathToFileURL(found).href;
    const text = await this.#textOf(uri, found);
    const entry = {
      id,
      ...(named === undefined ? {} : { package: named }),
      ...(file === undefined ? {} : { path: file }),
      reason,
      ...(expires === undefined ? {} : { expires }),
    };
    return { uri, edit: text === undefined ? null : (services.addIgnoreEdit(text, entry) ?? null) };
  }

  /** An absent file is empty; undefined for one that cannot be read. */
  async #textOf(uri: string, file: string): Promise<string | undefined> {
    const open = this.#parts.openDocument(uri);
    if (open !== undefined) return open.getText();
    const text = await readSmallTextFile(file, MAX_YAML_BYTES, { strict: true });
    return text.value ?? (text.isAbsent ? '' : undefined);
  }
}

function folderOf({ dockerfileUri, folderUri }: InProject): string | undefined {
  const dockerfile = pathOf(dockerfileUri);
  return dockerfile === undefined ? pathOf(folderUri) : path.dirname(dockerfile);
}

function pathOf(uri: string | undefined): string | undefined {
  try {
    return uri?.startsWith('file:') === true ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
