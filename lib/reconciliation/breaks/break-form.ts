import { z } from 'zod';
import { textField } from '#lib/protocol/text-field.ts';
import { textRules } from '#lib/protocol/free-text.ts';

/** The break and the revision that the person read. */
export const breakTarget = { id: z.uuid(), revision: z.int().min(1) };
/** What somebody writes about a break; it is asked for, so it can't be empty. */
export const breakText = textField(textRules.reason);
