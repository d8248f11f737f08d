/** Which act keeps data against money laundering, by the day: the directive, and then the regulation that follows it. Pure. */

/** First day on which Regulation (EU) 2024/1624 applies; until the day before, Directive (EU) 2015/849 does. */
const REGULATION_FROM = '2027-07-10';

/** The duty to keep due diligence and records for five years. @param day YYYY-MM-DD on which it is said. */
export const amlKeepingLaw = (day: string): string =>
  day < REGULATION_FROM
    ? 'Article 40 of Directive (EU) 2015/849'
    : 'Article 77 of Regulation (EU) 2024/1624';
