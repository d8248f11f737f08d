/**
 * Reads an e-mail as a file, as hostile as it may be. Nothing of it is rendered, fetched or unfolded: a message within a
 * message and whatever is no picture, PDF or plain text is named and left out. Its headers are claims.
 */
import { createHash } from 'node:crypto';
import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { shownLines, shownText } from '#lib/protocol/free-text.ts';
import { ok, refuse, type Result } from '#lib/platform/result.ts';
import { keptBytesMax, kindOf, nameOf, type KeptType } from './kept-file.ts';

export const messageLimits = {
  bytes: keptBytesMax,
  /** Lines that may begin a part. */
  boundaries: 1_000,
  depth: 10,
  headerBytes: 131_072,
  parts: 50,
  files: 20,
  textCharacters: 7_000,
} as const;

export type MessageFile = { name: string; mediaType: KeptType; bytes: Uint8Array };
export type Message = {
  /** Whom it says it is from; proof of nothing. */
  from: { name: string; address: string };
  subject: string;
  /** What the header says of when it was sent; shown, and no receipt. */
  sentAt: string;
  text: string;
  files: MessageFile[];
  leftOut: { name: string; size: number; sha256: string }[];
};

export async function readMessage(bytes: Uint8Array): Promise<Result<Message, 'message-invalid'>> {
  const no = (sentence: string) => refuse('message-invalid', sentence);
  if (bytes.length === 0) return no('The file is empty.');
  if (bytes.length > messageLimits.bytes) return no('A message has at most 10 MiB.');
  if (countBoundaries(bytes) > messageLimits.boundaries)
    return no('The message has more parts than one that a person writes.');
  const read = await parse(bytes);
  if (!read) return no('This is no e-mail that can be read. Copy what it says by hand.');
  if (read.attachments.length > messageLimits.parts)
    return no('The message has more files than one that a person writes.');
  if (!read.headers.some(({ key }) => key === 'from'))
    return no('This is no e-mail: nothing in it says from whom it is.');
  return ok(messageOf(read));
}

/** Lines that begin with two hyphens, of which each part needs one. */
function countBoundaries(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1))
    if (bytes[at + 1] === 0x2d && bytes[at + 2] === 0x2d) count += 1;
  return count;
}

async function parse(bytes: Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxRfc822NestingDepth: 0,
      maxNestingDepth: messageLimits.depth,
      maxHeadersSize: messageLimits.headerBytes,
    });
  } catch {
    return null;
  }
}

function messageOf(email: Email): Message {
  const files: MessageFile[] = [];
  const leftOut: Message['leftOut'] = [];
  const sender = email.from?.group === undefined ? email.from : email.from.group[0];
  const { whole, shown } = textOf(email);
  for (const [index, part] of email.attachments.entries()) {
    const bytes = bytesOf(part);
    const name = nameOf(part.filename, `file ${index + 1}`);
    const mediaType = bytes.length === 0 ? null : kindOf(bytes, part.mimeType);
    if (mediaType !== null && files.length < messageLimits.files)
      files.push({ name, mediaType, bytes });
    else
      leftOut.push({
        name,
        size: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
  }
  // What is not shown whole is kept whole.
  if (whole !== null)
    files.push({
      name: 'text of the message.txt',
      mediaType: 'text/plain',
      bytes: new TextEncoder().encode(whole),
    });
  return {
    from: {
      name: cut(shownText(sender?.name ?? '').trim(), 200),
      address: cut(shownText(sender?.address ?? '').trim(), 254),
    },
    subject: cut(shownText(email.subject ?? '').trim(), 300),
    sentAt: cut(shownText(email.date ?? '').trim(), 60),
    text: shown,
    files,
    leftOut,
  };
}

/** What a person reads, in plain text; `whole` is the source where that is not all of it. */
function textOf(email: Email): { whole: string | null; shown: string } {
  const plain = (email.text ?? '').toWellFormed().trim();
  const html = (email.html ?? '').toWellFormed();
  if (html !== '' && plain === '')
    return {
      whole: html,
      shown: 'The message has no plain text. The source of its page is kept as a file.',
    };
  const shown = shownLines(plain.replaceAll(/\r\n?/gu, '\n'));
  return shown === plain && plain.length <= messageLimits.textCharacters
    ? { whole: null, shown: plain === '' ? 'The message says nothing.' : plain }
    : { whole: plain === '' ? null : plain, shown: cut(shown, messageLimits.textCharacters) };
}

const cut = (text: string, most: number): string => Array.from(text).slice(0, most).join('');

const bytesOf = ({ content }: Attachment): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content);
