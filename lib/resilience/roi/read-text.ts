/** Bytes of a file as text: UTF-8 and nothing else. */
import { roiBounds } from './bounds.ts';
import type { Place } from './finding.ts';
import { PackageFault, type PackageFile } from './package-file.ts';
import type { RuleId } from './rules.ts';

export type Tell = (rule: RuleId, place: Place, sentence: string) => void;

/** U+FEFF at the beginning of a file. */
const mark = '\u{feff}';

/**
 * Text as it comes, without a byte-order mark.
 * @throws PackageFault where it is not UTF-8
 */
export async function* textOf(
  file: PackageFile,
  template: string,
  tell: Tell,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let isFirst = true;
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new PackageFault('encoding', 'The file is not UTF-8.', { template });
    }
  };
  for await (const bytes of file.open()) {
    let text = decode(bytes);
    if (isFirst && text !== '') {
      isFirst = false;
      if (text.startsWith(mark)) {
        tell(
          'byte-order-mark',
          { template },
          'The file begins with a byte-order mark. Save without.',
        );
        text = text.slice(mark.length);
      }
    }
    if (text !== '') yield text;
  }
  const rest = decode();
  if (rest !== '') yield rest;
}

/** The whole text of a small file. @throws PackageFault for one that is larger, or not UTF-8 */
export async function smallText(file: PackageFile, name: string, tell: Tell): Promise<string> {
  if (file.bytes > roiBounds.smallBytes)
    throw new PackageFault('package-bounds', `${name} is larger than it can be.`, {
      template: name,
    });
  let text = '';
  for await (const part of textOf(file, name, tell)) text += part;
  return text;
}
