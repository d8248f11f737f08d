/** Answers of routes that hand over a file. */
import { textStream } from './text-stream.ts';

/** A sentence for whoever asked by a link: what is wrong and what to do. */
export const saySentence = (sentence: string, status: number): Response =>
  new Response(sentence, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

/** @param name letters, digits, dots and hyphens, so that nothing in it needs to be quoted. */
export const answerCsv = (
  { name, pieces }: { name: string; pieces: AsyncGenerator<string> },
  request: Request,
): Response =>
  new Response(textStream(pieces, { gone: request.signal }), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    },
  });

/** What a name may hold outside quotes in RFC 5987, by its own letters; the rest is written as bytes. */
const asBytes = (name: string): string =>
  encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

/** The same in plain characters, for programs that know only those; nothing in it ends the quotes. */
const plainName = (name: string): string => name.replaceAll(/[^A-Za-z0-9 ._-]/g, '_');

/**
 * The header that has a browser save a file under its name, whatever letters that has
 * (RFC 6266 with RFC 5987).
 */
export const savedAs = (name: string): string =>
  `attachment; filename="${plainName(name)}"; filename*=UTF-8''${asBytes(name.toWellFormed())}`;

/**
 * A file as its bytes, to be saved and never opened in the browser: its type is not told, and must
 * not be guessed.
 */
export const answerFile = ({ name, bytes }: { name: string; bytes: Uint8Array }): Response =>
  new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': savedAs(name),
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  });
