import { MAX_SHELL_SCRIPT_LENGTH } from '../../../foundation/base/limits.ts';

/**
 * Returns the script that powershell.exe's -EncodedCommand hides, base64 of UTF-16LE; undefined when `text` is none.
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_powershell_exe#-encodedcommand-base64encodedcommand
 */
export function decodeCommand(text: string): string | undefined {
  if (text.length < 4 || text.length > MAX_SHELL_SCRIPT_LENGTH || !/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length % 2 === 0 ? new TextDecoder('utf-16le').decode(bytes) : undefined;
}
