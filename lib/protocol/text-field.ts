import { z } from 'zod';
import { readText, type TextRule } from './free-text.ts';

/** A field of free text: parses to the text as it is kept, or fails with the rule's own sentence. */
export const textField = (rule: TextRule) =>
  z.string().transform((given, issues) => {
    const reading = readText(given, rule);
    if (reading.ok) return reading.text;
    issues.addIssue({ code: 'custom', message: reading.sentence });
    return z.NEVER;
  });
