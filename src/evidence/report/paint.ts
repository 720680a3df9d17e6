import type { Severity } from '../../foundation/model/severity.ts';
import { toPlainLine } from './sanitize.ts';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'blue' | 'magenta' | 'cyan' | 'alarm';

const codes: Readonly<Record<Style, string>> = {
  bold: '1',
  dim: '2',
  red: '31',
  green: '32',
  yellow: '33',
  blue: '34',
  magenta: '35',
  cyan: '36',
  alarm: '1;97;41',
};

/** Returns text as a terminal may be given it: as one plain line, and in colour when asked to. */
export type Paint = (text: string, ...styles: readonly Style[]) => string;

/** Returns a painter: with ANSI SGR sequences when `color`, else without. @see ECMA-48 8.3.117 */
export function createPaint(color: boolean): Paint {
  if (!color) return toPlainLine;
  return (text, ...styles) => `\u001b[${styles.map((style) => codes[style]).join(';')}m${toPlainLine(text)}\u001b[0m`;
}

export const severityStyle: Readonly<Record<Severity, readonly Style[]>> = {
  critical: ['alarm'],
  high: ['red', 'bold'],
  medium: ['yellow'],
  low: ['cyan'],
  negligible: ['dim'],
  unknown: ['magenta'],
};
