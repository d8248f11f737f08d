/** Reads all rows of a table as COPY writes them, in a stream, with their number and digest. */
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { to as copyTo, type CopyToStreamQuery } from 'pg-copy-streams';
import { DrillProblem } from './drill-problem.ts';
import { rowsSql, type Table } from './read-tables.ts';

/** A server that sends nothing for so long counts as hung; sorting a large table takes its time. */
const silenceMs = 10 * 60_000;
const newline = 0x0a;

export type TableDigest = {
  name: string;
  rows: number;
  /** As COPY writes them. */
  bytes: number;
  /** SHA-256 of them in hex. */
  digest: string;
};

/**
 * @param options.into takes the rows as well; without it they are only counted. Memory stays flat however large the
 *   table is: the server waits for whoever is slower.
 * @throws DrillProblem when the server falls silent; the errors of the server, of `into` and of the signal.
 */
export async function readRows(
  client: pg.Client,
  table: Table,
  options: {
    bytewise: boolean;
    signal: AbortSignal;
    into?: (rows: AsyncIterable<Buffer>) => Promise<void>;
  },
): Promise<TableDigest> {
  const hash = createHash('sha256');
  let bytes = 0;
  let rows = 0;
  const silence = new AbortController();
  const timer = setTimeout(
    () =>
      silence.abort(
        new DrillProblem(`The database sent nothing of ${table.name} for ten minutes.`),
      ),
    silenceMs,
  );
  timer.unref();
  const count = async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      timer.refresh();
      hash.update(chunk);
      bytes += chunk.length;
      rows += countRows(chunk);
      yield chunk;
    }
  };
  const stream: CopyToStreamQuery & { callback?: () => void } = client.query(
    copyTo(rowsSql(table, options.bytewise)),
  );
  try {
    await pipeline(stream, count, options.into ?? leaveAside, {
      signal: AbortSignal.any([options.signal, silence.signal]),
    });
  } catch (error) {
    throw (silence.signal.aborted ? silence.signal.reason : null) ?? error;
  } finally {
    clearTimeout(timer);
    // The driver counts the time of every statement until its callback, which this kind of stream never calls.
    stream.callback?.();
  }
  return { name: table.name, rows, bytes, digest: hash.digest('hex') };
}

async function leaveAside(rows: AsyncIterable<Buffer>): Promise<void> {
  for await (const _ of rows);
}

/** COPY ends each row with the one newline that it does not escape. */
function countRows(chunk: Buffer): number {
  let found = 0;
  for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, at + 1)) found += 1;
  return found;
}
