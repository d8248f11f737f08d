/** A thread that makes the files of statements, so that whoever asks keeps answering meanwhile. */
import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { RenderAnswer, RenderTask } from './render-pool.ts';
import { fileName, renderStatement, type Rendered, type StatementFile } from './render.ts';
import type { StatementContent } from './content.ts';

/** Whole or not at all: a file that is there under its name is finished. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, bytes, { flag: 'wx', mode: 0o600 });
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeFiles(
  folder: string,
  content: StatementContent,
  rendered: Rendered,
): Promise<void> {
  for (const file of ['pdf', 'csv'] satisfies StatementFile[])
    await writeWhole(join(folder, fileName(content, file)), rendered[file]);
}

const port = parentPort;
if (!port) throw new Error('This file is run as a thread.');
port.on('message', ({ id, content, folder }: RenderTask) => {
  const answer = async (): Promise<RenderAnswer> => {
    try {
      const rendered = await renderStatement(content);
      if (folder !== null) await writeFiles(folder, content, rendered);
      const { contentDigest, pdfDigest, csvDigest } = rendered;
      return { id, ok: true, digests: { contentDigest, pdfDigest, csvDigest } };
    } catch (error) {
      return { id, ok: false, error: error instanceof Error ? error.message : String(error) };
    }
  };
  void answer().then((message) => {
    port.postMessage(message);
  });
});
