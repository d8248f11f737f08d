import { z } from 'zod';

/** Kinds of operation that parties decide on. */
export const intentKind = z.enum([
  'withdrawal',
  'key-ceremony',
  'roster-change',
  'destination-listing',
]);
export type IntentKind = z.infer<typeof intentKind>;
