/** From the bytes of a file to its text, or not at all. Only UTF-8 is taken. Pure. */
import { StatementFault, atLine, nowhere } from './refusal.ts';
import { statementLimits } from './statement.ts';

const LINE_FEED = 10;

/** How files in other encodings begin; UTF-32 before UTF-16, which begins like it. */
const otherMarks: readonly { bytes: readonly number[]; name: string }[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], name: 'UTF-32' },
  { bytes: [0x00, 0x00, 0xfe, 0xff], name: 'UTF-32' },
  { bytes: [0xff, 0xfe], name: 'UTF-16' },
  { bytes: [0xfe, 0xff], name: 'UTF-16' },
  { bytes: [0x00, 0x3c], name: 'UTF-16' },
  { bytes: [0x3c, 0x00], name: 'UTF-16' },
];

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

/**
 * The text without a byte order mark.
 * @throws StatementFault for an empty or huge file, another encoding, and bytes that are no text.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes.length === 0) throw new StatementFault('empty', nowhere, 'The file is empty.');
  if (bytes.length > statementLimits.bytes) throw tooLarge();
  const other = otherMarks.find((mark) => beginsWith(bytes, mark.bytes));
  if (other)
    throw new StatementFault(
      'encoding-unsupported',
      nowhere,
      `The file is written in ${other.name}. Ask the bank for UTF-8.`,
    );
  const zero = bytes.indexOf(0);
  if (zero !== -1) throw notText(bytes, zero);
  try {
    // Without a flag the decoder takes a byte order mark away.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw notText(bytes, firstBadByte(bytes));
  }
}

/** The refusal of a file that is larger than what is read. */
export const tooLarge = (): StatementFault =>
  new StatementFault(
    'too-large',
    nowhere,
    `The file is larger than ${statementLimits.bytes / 1024 / 1024} MiB. Ask the bank for one file a day.`,
  );

function notText(bytes: Uint8Array, index: number): StatementFault {
  let line = 1;
  for (const byte of bytes.subarray(0, index)) if (byte === LINE_FEED) line += 1;
  return new StatementFault(
    'not-utf-8',
    atLine(line),
    'The bytes here are no UTF-8 text. Ask the bank for UTF-8, and import the file as it came.',
  );
}

/** Looks for the longest start that decodes, halving what is open. */
function firstBadByte(bytes: Uint8Array): number {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (startDecodes(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function startDecodes(start: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return true;
  } catch {
    return false;
  }
}
