import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { askedQuery } from '../ui/asked-query.ts';
import { accountPath } from './ledger-words.ts';

type Page = Pick<LedgerAccountView, 'account' | 'asked'>;

/** Address of a page of movements under what was asked for. @param cursor name and value; without one the first page. */
export const movementsAddress = ({ account, asked }: Page, cursor?: [string, string]): string =>
  `${accountPath(account)}${askedQuery(asked, cursor)}`;

/** Address of the file with every movement that was asked for. */
export const movementsFile = ({ account, asked }: Page): string =>
  `${accountPath(account)}/movements.csv${askedQuery(asked)}`;
