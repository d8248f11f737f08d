/**
 * To whom people complain (GDPR Art 77): the data-protection authority of the seat, by Member State. Where a state has
 * several, the one that says who is in charge. Pure.
 */
import type { MemberState } from '#lib/incidents/member-states.ts';

type Authority = { name: string; site: string };

const authorities: Readonly<Partial<Record<MemberState, Authority>>> = {
  AT: { name: 'Datenschutzbehörde', site: 'dsb.gv.at' },
  BE: { name: 'Autorité de protection des données', site: 'autoriteprotectiondonnees.be' },
  BG: { name: 'Commission for Personal Data Protection', site: 'cpdp.bg' },
  CY: { name: 'Commissioner for Personal Data Protection', site: 'dataprotection.gov.cy' },
  CZ: { name: 'Úřad pro ochranu osobních údajů', site: 'uoou.gov.cz' },
  DE: {
    name: 'The authority of the Land of the seat; which one that is, the Federal Commissioner for Data Protection (BfDI) says',
    site: 'bfdi.bund.de',
  },
  DK: { name: 'Datatilsynet', site: 'datatilsynet.dk' },
  EE: { name: 'Andmekaitse Inspektsioon', site: 'aki.ee' },
  ES: { name: 'Agencia Española de Protección de Datos', site: 'aepd.es' },
  FI: { name: 'Tietosuojavaltuutetun toimisto', site: 'tietosuoja.fi' },
  FR: { name: 'Commission nationale de l’informatique et des libertés', site: 'cnil.fr' },
  GR: { name: 'Hellenic Data Protection Authority', site: 'dpa.gr' },
  HR: { name: 'Agencija za zaštitu osobnih podataka', site: 'azop.hr' },
  HU: { name: 'Nemzeti Adatvédelmi és Információszabadság Hatóság', site: 'naih.hu' },
  IE: { name: 'Data Protection Commission', site: 'dataprotection.ie' },
  IS: { name: 'Persónuvernd', site: 'personuvernd.is' },
  IT: { name: 'Garante per la protezione dei dati personali', site: 'garanteprivacy.it' },
  LI: { name: 'Datenschutzstelle', site: 'datenschutzstelle.li' },
  LT: { name: 'Valstybinė duomenų apsaugos inspekcija', site: 'vdai.lrv.lt' },
  LU: { name: 'Commission nationale pour la protection des données', site: 'cnpd.public.lu' },
  LV: { name: 'Datu valsts inspekcija', site: 'dvi.gov.lv' },
  MT: { name: 'Information and Data Protection Commissioner', site: 'idpc.org.mt' },
  NL: { name: 'Autoriteit Persoonsgegevens', site: 'autoriteitpersoonsgegevens.nl' },
  NO: { name: 'Datatilsynet', site: 'datatilsynet.no' },
  PL: { name: 'Urząd Ochrony Danych Osobowych', site: 'uodo.gov.pl' },
  PT: { name: 'Comissão Nacional de Proteção de Dados', site: 'cnpd.pt' },
  RO: {
    name: 'Autoritatea Naţională de Supraveghere a Prelucrării Datelor cu Caracter Personal',
    site: 'dataprotection.ro',
  },
  SE: { name: 'Integritetsskyddsmyndigheten', site: 'imy.se' },
  SI: { name: 'Informacijski pooblaščenec', site: 'ip-rs.si' },
  SK: { name: 'Úrad na ochranu osobných údajov', site: 'dataprotection.gov.sk' },
};

/** In words for the person. @param seat null where nobody has said yet where the seat is. */
export function complaintWords(seat: MemberState | null): string {
  const own = seat === null ? undefined : authorities[seat];
  const elsewhere =
    'You may also turn to the authority where you live, where you work or where the breach of your rights took place (Article 77 GDPR), and to a court (Article 79 GDPR).';
  return own
    ? `${own.name} (${own.site}). ${elsewhere}`
    : `The data-protection authority of the seat of this organisation. ${elsewhere}`;
}
