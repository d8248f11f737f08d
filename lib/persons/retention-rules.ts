/**
 * For how long data of a category is kept, from what day on, by which law, and what happens then. Pure. The sentences
 * are what a person is told under Article 15(1)(d) GDPR.
 */

/**
 * Years for which a tax number is kept after its last year. No act that we hold says how long: the directive on these
 * reports is put into force by national law, and that of the seat decides. So the controller sets it, here and nowhere else,
 * and whatever reads the rule says that it is set by us.
 */
const taxYears = 5;

export const retentionRules = {
  'aml-relationship': {
    trigger: 'end of the business relationship',
    years: 5,
    law: 'Article 40 of Directive (EU) 2015/849; from 10 July 2027 Article 77 of Regulation (EU) 2024/1624',
    action: 'erase',
    sentence: 'Five years after the end of the business relationship.',
  },
  'micar-records': {
    trigger: 'the service it is about',
    years: 5,
    law: 'Article 68(9) of Regulation (EU) 2023/1114',
    action: 'erase',
    sentence: 'Five years after the service, or seven where the authority asks for it.',
  },
  'tax-reporting': {
    trigger: 'end of the year in which the business relationship ended',
    years: taxYears,
    law: 'The controller’s own setting, for the duty to report by the national law that puts Council Directive (EU) 2023/2226 (DAC8) into force',
    action: 'erase',
    sentence: `For ${taxYears} years after the end of the year in which the business relationship ended: a period that we set ourselves for reports to tax authorities.`,
  },
  relationship: {
    trigger: 'end of the business relationship',
    years: 0,
    law: 'Article 5(1)(e) of Regulation (EU) 2016/679',
    action: 'erase',
    sentence:
      'Until the business relationship ended, and for at least thirty days after its end was recorded.',
  },
  'consent-withdrawn': {
    trigger: 'withdrawal of the consent',
    years: 0,
    law: 'Article 7(3) of Regulation (EU) 2016/679',
    action: 'erase',
    sentence: 'Until the consent is withdrawn.',
  },
  employment: {
    trigger: 'end of the person’s work at the console',
    years: 5,
    law: 'Article 68(9) of Regulation (EU) 2023/1114',
    action: 'erase',
    sentence:
      'Five years after the person’s last act at the console, since records of custody name them.',
  },
  'staff-contact': {
    trigger: 'end of the person’s work at the console',
    years: 0,
    law: 'Article 5(1)(e) of Regulation (EU) 2016/679; Article 88 of it with national law on employment',
    action: 'erase',
    sentence: 'Until thirty days after the person’s work at the console ended.',
  },
} as const satisfies Record<
  string,
  { trigger: string; years: number; law: string; action: 'erase'; sentence: string }
>;
export type RetentionRule = keyof typeof retentionRules;
