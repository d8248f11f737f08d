import { z } from 'zod';
import { environment, slug } from '#lib/protocol/scalars.ts';

/** What every question of a console to a source begins with. */
export const questionHead = {
  type: z.literal('countersign/fact-request/v1'),
  organisation: slug,
  environment,
  source: slug,
} as const;
