import type { TextRule } from '#lib/protocol/free-text.ts';

/** What a draft is called. Pure, for the form as well. */
export const draftNameRule: TextRule = {
  least: 3,
  most: 120,
  tooShort: 'Say in a few words what the draft is for.',
  tooLong: 'Say it in at most 120 characters.',
};
