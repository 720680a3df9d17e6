import { parseJson, isJsonObject } from '../../foundation/formats/json.ts';
import { isCsaf, readCsafVex } from './csaf-vex.ts';
import { readCycloneDxVex } from './cyclonedx-vex.ts';
import type { VexDocument } from './exception.ts';
import { isOpenVex, readOpenVex } from './openvex.ts';

/** Returns what a VEX document says, told from its content: OpenVEX, CycloneDX or CSAF as JSON. In words why it is none of them. `source` is how messages name it. */
export function readVex(bytes: Uint8Array, source: string): VexDocument | string {
  const { value, reason } = parseJson(bytes);
  if (reason !== undefined) return reason;
  if (!isJsonObject(value)) return 'it is not a JSON object';
  if (isOpenVex(value)) return readOpenVex(value, source);
  if (value['bomFormat'] === 'CycloneDX') return readCycloneDxVex(value, source);
  if (isCsaf(value)) return readCsafVex(value, source);
  return 'it is neither OpenVEX nor CycloneDX nor CSAF. All three are read as JSON';
}
