/** What a complaint can be about, in which language, and how it can end. Pure. */

export const topics = {
  'custody-safekeeping': 'Safekeeping of assets',
  'transfer-delay': 'Delay of a transfer or return',
  fees: 'Fees and charges',
  'access-security': 'Access and security',
  'information-statements': 'Information and statements',
  'personal-data': 'Personal data',
  'rights-events': 'Forks, airdrops and other rights',
  other: 'Something else',
} as const;
export type Topic = keyof typeof topics;

/** Official languages of the Union, in which a complaint can be filed where the law gives a right to it. */
export const languages = {
  bg: 'Bulgarian',
  cs: 'Czech',
  da: 'Danish',
  de: 'German',
  el: 'Greek',
  en: 'English',
  es: 'Spanish',
  et: 'Estonian',
  fi: 'Finnish',
  fr: 'French',
  ga: 'Irish',
  hr: 'Croatian',
  hu: 'Hungarian',
  it: 'Italian',
  lt: 'Lithuanian',
  lv: 'Latvian',
  mt: 'Maltese',
  nl: 'Dutch',
  pl: 'Polish',
  pt: 'Portuguese',
  ro: 'Romanian',
  sk: 'Slovak',
  sl: 'Slovenian',
  sv: 'Swedish',
} as const;
export type Language = keyof typeof languages;

export const channels = { electronic: 'Electronic', paper: 'On paper' } as const;
export type Channel = keyof typeof channels;

export const outcomes = {
  upheld: 'Upheld',
  'partly-upheld': 'Upheld in part',
  rejected: 'Rejected',
  inadmissible: 'Not admissible',
} as const;
export type Outcome = keyof typeof outcomes;
