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

/**
 * One line of text inside a document that people sign. Nothing is changed on the way in, because
 * that would change the digest: a text that would be kept in another spelling is refused.
 * @param most in UTF-16 units, so that the published schema says the same.
 */
export const signedText = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((given) => {
      const reading = readText(given, { least: 1, most, tooShort: '', tooLong: '' });
      return reading.ok && reading.text === given;
    }, 'must be text that shows all of itself');
