/**
 * Bank-to-customer statements of ISO 20022 (camt.053): one file, one statement of one account, all
 * of it on one page. What isn't asked for here is left out; what is asked for must be there. Pure.
 */
import { readEntry } from './camt053-entry.ts';
import { readXml, type XmlElement } from './read-xml.ts';
import { StatementFault } from './refusal.ts';
import { statementLimits, type BankStatement, type StatementEntry } from './statement.ts';
import { readReference, readSequence } from './text-fields.ts';
import {
  child,
  everyChild,
  maybeAt,
  maybeChild,
  maybeText,
  readAmount,
  readDay,
  readFlag,
  textOf,
} from './xml-fields.ts';

const NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:camt.053.001.';
/** Versions 3 to 7 were hardly used by banks; one above 13 may mean something else by a name. */
export const camtVersions = ['02', '08', '09', '10', '11', '12', '13'] as const;
export type CamtVersion = (typeof camtVersions)[number];

export const camtNamespace = (version: CamtVersion): string => NAMESPACE + version;

/** @throws StatementFault at the first place that is not as it must be. */
export function readCamt053(text: string): BankStatement {
  const file = new Camt053File();
  const root = readXml(text, {
    checkRoot: (found) => file.checkRoot(found),
    opaque: 'SplmtryData',
    folded: 'Ntry',
    onFolded: (element, parent) => file.takeEntry(element, parent),
  });
  return file.finish(root);
}

class Camt053File {
  #version: CamtVersion = '02';
  #statement: XmlElement | null = null;
  #currency: string | null = null;
  readonly #entries: StatementEntry[] = [];

  checkRoot(root: { name: string; namespace: string; line: number; column: number }): void {
    const version = camtVersions.find((known) => root.namespace === camtNamespace(known));
    if (version === undefined || root.name !== 'Document')
      throw new StatementFault('namespace-unsupported', root, namespaceSentence(root.namespace));
    this.#version = version;
  }

  takeEntry(element: XmlElement, parent: XmlElement): void {
    if (parent.name !== 'Stmt')
      throw new StatementFault('structure', element, 'An entry stands outside a statement.');
    this.#checkSingle(parent);
    if (this.#entries.length === statementLimits.entries)
      throw new StatementFault(
        'too-many-entries',
        element,
        `The statement has more than ${statementLimits.entries} entries.`,
      );
    const hasStatusChoice = this.#version !== '02';
    this.#entries.push(readEntry(element, hasStatusChoice, (amount) => this.#take(amount)));
  }

  #checkSingle(statement: XmlElement): void {
    this.#statement ??= statement;
    if (this.#statement !== statement)
      throw new StatementFault(
        'several-statements',
        statement,
        'A second statement begins here. Import one file for each account and day.',
      );
  }

  /** The first amount says which currency all are in. */
  #take(amount: XmlElement): void {
    this.#currency ??= amount.currency;
    if (amount.currency === null)
      throw new StatementFault('field-missing', amount, 'The amount names no currency (Ccy).');
    if (amount.currency !== this.#currency)
      throw new StatementFault('currency-mixed', amount, 'Amounts are in different currencies.');
  }

  finish(root: XmlElement): BankStatement {
    const message = child(root, 'BkToCstmrStmt');
    refusePages(maybeAt(message, 'GrpHdr', 'MsgPgntn'));
    for (const statement of everyChild(message, 'Stmt')) this.#checkSingle(statement);
    const statement = child(message, 'Stmt');
    refusePages(maybeChild(statement, 'StmtPgntn'));
    const account = child(statement, 'Acct');
    const opening = balanceOf(statement, 'OPBD') ?? balanceOf(statement, 'PRCD');
    const closing = balanceOf(statement, 'CLBD');
    if (!opening || !closing)
      throw new StatementFault(
        'field-missing',
        statement,
        `The statement has no ${opening ? 'closing (CLBD)' : 'opening (OPBD or PRCD)'} booked balance.`,
      );
    const sequence =
      maybeChild(statement, 'ElctrncSeqNb') ?? maybeChild(statement, 'LglSeqNb') ?? statement;
    const id = child(statement, 'Id');
    const iban = ibanOf(account);
    const openingAmount = readAmount(opening, (amount) => this.#take(amount));
    const closingAmount = readAmount(closing, (amount) => this.#take(amount));
    checkCount(statement, this.#entries.length);
    const period = maybeChild(statement, 'FrToDt');
    const openingDay = readDay(child(opening, 'Dt'));
    const closingDay = readDay(child(closing, 'Dt'));
    return {
      iban: iban.text,
      currency: this.#currencyOf(account),
      id: readReference(textOf(id), 'id of the statement', id),
      sequence: readSequence(sequence === statement ? '' : textOf(sequence), sequence),
      from: period ? readDay(child(period, 'FrDtTm')) : openingDay,
      to: period ? readDay(child(period, 'ToDtTm')) : closingDay,
      opening: openingAmount,
      closing: closingAmount,
      entries: this.#entries,
      lines: {
        account: iban.line,
        id: id.line,
        sequence: sequence.line,
        opening: opening.line,
        closing: closing.line,
      },
    };
  }

  #currencyOf(account: XmlElement): string {
    const named = maybeChild(account, 'Ccy');
    if (named && textOf(named) !== this.#currency)
      throw new StatementFault(
        'currency-mixed',
        named,
        'The amounts are in another currency than the account.',
      );
    return this.#currency ?? '';
  }
}

/** The version is repeated only where it is one of ISO's own names. */
function namespaceSentence(namespace: string): string {
  const known = `Versions ${camtVersions.map((version) => `camt.053.001.${version}`).join(', ')} are read.`;
  const name = /^urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2})$/.exec(
    namespace,
  )?.[1];
  return name === undefined
    ? `The file is not a camt.053 document of ISO 20022. ${known}`
    : `The file is a ${name} document. ${known}`;
}

function refusePages(pages: XmlElement | null): void {
  if (!pages) return;
  const number = child(pages, 'PgNb');
  if (textOf(number) === '1' && readFlag(child(pages, 'LastPgInd'))) return;
  throw new StatementFault(
    'paged',
    number,
    'The file is one page of several. Ask the bank for a statement in one file.',
  );
}

function balanceOf(statement: XmlElement, code: string): XmlElement | null {
  const [first, second] = everyChild(statement, 'Bal').filter(
    (balance) => maybeText(maybeAt(balance, 'Tp', 'CdOrPrtry', 'Cd')) === code,
  );
  if (second) throw new StatementFault('structure', second, `There is a second ${code} balance.`);
  return first ?? null;
}

function ibanOf(account: XmlElement): { text: string; line: number } {
  const iban = maybeAt(account, 'Id', 'IBAN');
  if (!iban)
    throw new StatementFault('iban-malformed', account, 'The account is not named by its IBAN.');
  return { text: textOf(iban), line: iban.line };
}

/** Where the bank says how many entries there are, they must be there. */
function checkCount(statement: XmlElement, entries: number): void {
  const count = maybeAt(statement, 'TxsSummry', 'TtlNtries', 'NbOfNtries');
  if (!count || textOf(count) === String(entries)) return;
  throw new StatementFault(
    'count-differs',
    count,
    `The bank names another number of entries than the ${entries} that the file has.`,
  );
}
