/** What a privacy notice has to say (GDPR Art 13 and 14). Pure. */
export const noticeStates = {
  draft: 'Draft',
  'in-force': 'In force',
  withdrawn: 'Withdrawn',
} as const;

/** Where the data come from: the person (Art 13), others (Art 14), or both. */
export const noticeSources = {
  person: 'The person (Art 13)',
  others: 'Others (Art 14)',
  both: 'The person and others (Art 13 and 14)',
} as const;
export type NoticeSource = keyof typeof noticeSources;

type Piece = { word: string; article: string; asked: 'always' | 'person' | 'others' | 'if-so' };

const pieces = {
  controller: { word: 'Controller with contacts', article: '13(1)(a), 14(1)(a)', asked: 'always' },
  dpo: {
    word: 'Contacts of the data protection officer',
    article: '13(1)(b), 14(1)(b)',
    asked: 'always',
  },
  purposes: { word: 'Purposes and legal bases', article: '13(1)(c), 14(1)(c)', asked: 'always' },
  categories: { word: 'Categories of data', article: '14(1)(d)', asked: 'others' },
  interests: { word: 'Legitimate interests', article: '13(1)(d), 14(2)(b)', asked: 'if-so' },
  recipients: {
    word: 'Recipients or their categories',
    article: '13(1)(e), 14(1)(e)',
    asked: 'always',
  },
  transfers: {
    word: 'Transfers, with decision or safeguards',
    article: '13(1)(f), 14(1)(f)',
    asked: 'if-so',
  },
  retention: { word: 'How long data are kept', article: '13(2)(a), 14(2)(a)', asked: 'always' },
  rights: {
    word: 'Access, rectification, erasure, restriction, objection, portability',
    article: '13(2)(b), 14(2)(c)',
    asked: 'always',
  },
  objection: {
    word: 'The right to object, on its own and apart from the rest',
    article: '21(4)',
    asked: 'if-so',
  },
  withdrawal: { word: 'Withdrawal of consent', article: '13(2)(c), 14(2)(d)', asked: 'if-so' },
  complaint: {
    word: 'Complaint to a supervisory authority',
    article: '13(2)(d), 14(2)(e)',
    asked: 'always',
  },
  obligation: {
    word: 'Whether data have to be given, and what follows if not',
    article: '13(2)(e)',
    asked: 'person',
  },
  source: { word: 'Where data come from', article: '14(2)(f)', asked: 'others' },
  automated: {
    word: 'Automated decisions, or that there are none',
    article: '13(2)(f), 14(2)(g)',
    asked: 'always',
  },
} as const satisfies Record<string, Piece>;
export type NoticePiece = keyof typeof pieces;
const pieceOf: Readonly<Record<NoticePiece, Piece>> = pieces;
const pieceNames = Object.keys(pieces) as NoticePiece[];

/** Each piece with its article, for a form. */
export const noticePieces = Object.fromEntries(
  pieceNames.map((name) => [name, `${pieceOf[name].word} (${pieceOf[name].article})`]),
) as Record<NoticePiece, string>;

/** What a notice may rest on that has to be told only where it is so. */
export type NoticeAbout = {
  source: NoticeSource;
  hasInterests: boolean;
  hasTransfers: boolean;
  hasConsent: boolean;
};

/** The pieces that a notice of this kind needs. */
export function piecesAsked(about: NoticeAbout): NoticePiece[] {
  const isSo: Readonly<Partial<Record<NoticePiece, boolean>>> = {
    interests: about.hasInterests,
    objection: about.hasInterests,
    transfers: about.hasTransfers,
    withdrawal: about.hasConsent,
  };
  return pieceNames.filter((name) => {
    const { asked } = pieceOf[name];
    if (asked === 'if-so') return isSo[name] === true;
    return asked === 'always' || about.source === 'both' || about.source === asked;
  });
}

/** Those that are asked and not there. */
export const piecesMissing = (about: NoticeAbout, there: readonly NoticePiece[]): NoticePiece[] =>
  piecesAsked(about).filter((name) => !there.includes(name));
