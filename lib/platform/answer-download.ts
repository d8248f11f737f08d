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
