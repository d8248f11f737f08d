/** What the data-key service is started with. */
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { ITEMS_MAX, MAKES_AN_HOUR_MAX } from './messages.ts';

const path = z.string().refine(isAbsolute, 'must be an absolute path');
const folders = z.strictObject({ keys: path, root: path });
const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be SHA-256 in hex');

export const serviceSettings = z.strictObject({
  socket: path,
  /** Whether another user of the machine, such as the web server's, may connect; their secret decides all the same. */
  isOpenToOthers: z.boolean().default(false),
  folders,
  copies: z.array(folders).max(4),
  backups: path.nullable(),
  useLog: path,
  /** Days after which the root key is changed by itself. */
  rotateAfterDays: z.int().min(1).max(3_650).default(365),
  /** Keys that one caller may make within an hour; at least as many as one question may ask for. */
  makesAnHour: z.int().min(ITEMS_MAX).max(10_000_000).default(MAKES_AN_HOUR_MAX),
  callers: z.strictObject({ web: hash, worker: hash, owner: hash }),
  /** False only for tests. */
  syncs: z.boolean().default(true),
});
export type ServiceSettings = z.input<typeof serviceSettings>;
