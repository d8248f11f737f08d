/** Writes the Prisma client when the schema it was written from is another one. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinnedNode, stampOf } from './install.mjs';
import { Problem, sentenceFor } from './problem.mjs';

const generatedFolder = (root) => join(root, 'lib', 'platform', 'db', 'generated');

function wantedStamp(root) {
  const schema = readFileSync(join(root, 'prisma', 'schema.prisma'));
  return createHash('sha256').update(schema).update(stampOf(root)).digest('hex');
}

function currentStamp(root) {
  try {
    return readFileSync(join(generatedFolder(root), '.stamp'), 'utf8');
  } catch {
    return null;
  }
}

/**
 * @throws {Problem} when the schema has an error or the client cannot be written
 */
export function ensureGenerated(root) {
  if (!existsSync(join(root, 'prisma', 'schema.prisma'))) return;
  const wanted = wantedStamp(root);
  if (currentStamp(root) === wanted) return;
  console.log('Writing the database client (prisma generate) …');
  const result = spawnSync(
    pinnedNode(root),
    [join(root, 'node_modules', 'prisma', 'build', 'index.js'), 'generate'],
    {
      cwd: root,
      encoding: 'utf8',
      env: {
        ...process.env,
        // `generate` itself is WebAssembly; any existing file keeps it from fetching a binary.
        PRISMA_SCHEMA_ENGINE_BINARY: join(root, 'package.json'),
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
    },
  );
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
  if (result.status !== 0)
    throw new Problem(sentenceFor(output) ?? `prisma generate failed:\n\n${output.trimEnd()}`);
  writeFileSync(join(generatedFolder(root), '.stamp'), wanted);
}
