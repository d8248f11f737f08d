/** The lines of the classification worksheet: every criterion with threshold, value and verdict in words. Pure. */
import { criterion, type CriterionOf, type CriterionPart } from './criterion.ts';
import { spanWords } from './duration-text.ts';
import { answerText, limitText, ofAverage, ofTotal } from './criterion-words.ts';
import { figureText } from './exact.ts';
import type { ReadFacts, YesNoName } from './facts.ts';
import {
  accessSucceeded,
  clientsNumber,
  clientsShare,
  costs,
  counterpartsShare,
  dataLosses,
  downtime,
  duration,
  maliciousAccess,
  spread,
  transactionsNumber,
  transactionsValue,
  type Verdict,
} from './judge.ts';
import { memberStates } from './member-states.ts';
import { dataImpacts, thresholds, type Threshold } from './thresholds.ts';

export type CriterionId =
  | 'critical_services_affected'
  | 'clients_counterparts_transactions'
  | 'reputational_impact'
  | 'duration_downtime'
  | 'geographical_spread'
  | 'data_losses'
  | 'malicious_access_9_5_b'
  | 'economic_impact';

export type Criterion = CriterionOf<CriterionId>;

/** The criteria in the order of the act: Art 6, then Art 9(1) to (6). */
export function criteriaOf(facts: ReadFacts): Criterion[] {
  return [
    criticalServices(facts),
    clientsAndTransactions(facts),
    reputation(facts),
    durationAndDowntime(facts),
    geographicalSpread(facts),
    losses(facts),
    access(facts),
    economicImpact(facts),
  ];
}

const ANY = 'Met when any line is.';

function criticalServices(facts: ReadFacts): Criterion {
  return criterion({
    id: 'critical_services_affected',
    article: '6',
    name: 'Critical services affected',
    test: `${ANY} Without it no incident is major; it is not counted among the two thresholds.`,
    parts: [
      yesNo(
        facts,
        'cs_a_cif_systems',
        '6(a)',
        'Systems that support critical or important functions',
      ),
      yesNo(
        facts,
        'cs_b_authorised_services',
        '6(b)',
        'Services that need authorisation or are supervised',
      ),
      yesNo(
        facts,
        'cs_c_malicious_access',
        '6(c)',
        "Successful malicious access to the entity's systems",
      ),
    ],
  });
}

function clientsAndTransactions(facts: ReadFacts): Criterion {
  const line = (
    id: string,
    name: string,
    rule: Threshold,
    value: string | null,
    met: Verdict,
  ): CriterionPart => ({ id, article: rule.article, name, value, threshold: limitText(rule), met });
  const { figures } = facts;
  return criterion({
    id: 'clients_counterparts_transactions',
    article: '9(1)',
    name: 'Clients, financial counterparts and transactions',
    test: ANY,
    parts: [
      line(
        'clients_share',
        'Share of the clients who use the service',
        thresholds.clientsShare,
        ofTotal(facts, 'clients_affected', 'clients_total_service', 'clients'),
        clientsShare(facts),
      ),
      line(
        'clients_number',
        'Number of clients',
        thresholds.clientsNumber,
        figures.clients_affected === null ? null : figureText(figures.clients_affected),
        clientsNumber(facts),
      ),
      line(
        'counterparts_share',
        'Share of the financial counterparts active in the service',
        thresholds.counterpartsShare,
        ofTotal(facts, 'counterparts_affected', 'counterparts_total_service', 'counterparts'),
        counterpartsShare(facts),
      ),
      line(
        'transactions_number',
        'Number of transactions',
        thresholds.transactionsNumber,
        ofAverage(facts, 'tx_affected_number', 'tx_daily_avg_number', ''),
        transactionsNumber(facts),
      ),
      line(
        'transactions_value',
        'Value of transactions',
        thresholds.transactionsValue,
        ofAverage(facts, 'tx_affected_value', 'tx_daily_avg_value', 'EUR '),
        transactionsValue(facts),
      ),
      yesNo(
        facts,
        'relevant_clients_or_counterparts_affected',
        '9(1)(f)',
        'A client or counterpart that was named as relevant',
      ),
    ],
  });
}

function reputation(facts: ReadFacts): Criterion {
  return criterion({
    id: 'reputational_impact',
    article: '9(2)',
    name: 'Reputational impact',
    test: ANY,
    parts: [
      yesNo(facts, 'reputational.a_media', '2(a)', 'Reflected in the media'),
      yesNo(
        facts,
        'reputational.b_repetitive_complaints',
        '2(b)',
        'Repeated complaints of different clients or counterparts',
      ),
      yesNo(
        facts,
        'reputational.c_regulatory',
        '2(c)',
        'Regulatory requirements are not met, or likely not',
      ),
      yesNo(
        facts,
        'reputational.d_loss_of_clients',
        '2(d)',
        'Clients or counterparts lost, or likely lost, with a material impact',
      ),
    ],
  });
}

function durationAndDowntime(facts: ReadFacts): Criterion {
  const { spans, yesNo: answers } = facts;
  const supports = answers.downtime_on_cif_support;
  const where = supports === null ? ', not known of which services' : ', of other services';
  return criterion({
    id: 'duration_downtime',
    article: '9(3)',
    name: 'Duration and service downtime',
    test: ANY,
    parts: [
      {
        id: 'duration',
        article: thresholds.duration.article,
        name: 'Duration of the incident',
        value: spans.duration === null ? null : spanWords(spans.duration),
        threshold: limitText(thresholds.duration),
        met: duration(facts),
      },
      {
        id: 'downtime',
        article: thresholds.downtime.article,
        name: 'Downtime of services that support critical or important functions',
        value:
          spans.downtime === null
            ? null
            : `${spanWords(spans.downtime)}${supports === true ? '' : where}`,
        threshold: limitText(thresholds.downtime),
        met: downtime(facts),
      },
    ],
  });
}

function geographicalSpread(facts: ReadFacts): Criterion {
  const { states } = facts;
  const names = states?.map((state) => memberStates[state]).join(', ');
  return criterion({
    id: 'geographical_spread',
    article: '9(4)',
    name: 'Geographical spread',
    test: "Met by an impact in two different Member States; the entity's own is one of them where it is listed.",
    parts: [
      {
        id: 'member_states',
        article: thresholds.memberStates.article,
        name: 'Member States with an impact',
        value: states === null ? null : states.length === 0 ? 'none' : `${states.length}: ${names}`,
        threshold: limitText(thresholds.memberStates),
        met: spread(facts),
      },
    ],
  });
}

function losses(facts: ReadFacts): Criterion {
  const names = ['Availability', 'Authenticity', 'Integrity', 'Confidentiality'] as const;
  return criterion(
    {
      id: 'data_losses',
      article: '9(5)(a)',
      name: 'Data losses',
      test: 'Met by an impact on data of any of the four kinds together with an adverse effect.',
      parts: [
        ...dataImpacts.map((impact, at) => {
          const met = facts.data?.includes(impact) ?? null;
          return {
            id: impact,
            article: '5',
            name: `${names[at] ?? impact} of data`,
            value: answerText(met),
            threshold: null,
            met,
          };
        }),
        yesNo(
          facts,
          'data_adverse_on_objectives_or_compliance',
          '9(5)(a)',
          'Adverse effect on business objectives or on meeting regulatory requirements',
        ),
      ],
    },
    dataLosses(facts),
  );
}

function access(facts: ReadFacts): Criterion {
  const succeeded = accessSucceeded(facts);
  const isImplied = succeeded === true && facts.yesNo.malicious_access_succeeded === null;
  const mayLose = facts.yesNo.malicious_access_may_cause_data_loss;
  return criterion(
    {
      id: 'malicious_access_9_5_b',
      article: '9(5)(b)',
      name: 'Malicious access that may lead to data losses',
      test: 'Met when both lines are. It suffices alone where critical services are affected (Art 8(1)(a)), and is not counted among the two.',
      parts: [
        {
          id: 'malicious_access_succeeded',
          article: '9(5)(b)',
          name: 'A malicious, unauthorised access to network and information systems succeeded',
          value: isImplied ? 'yes, as answered for Art 6(c)' : answerText(succeeded),
          threshold: null,
          met: succeeded,
        },
        {
          id: 'malicious_access_may_cause_data_loss',
          article: '9(5)(b)',
          name: 'It may lead to data losses',
          value: answerText(mayLose),
          threshold: null,
          met: mayLose,
        },
      ],
    },
    maliciousAccess(facts),
  );
}

function economicImpact(facts: ReadFacts): Criterion {
  const gross = facts.figures.gross_costs_eur;
  const recovered = facts.figures.insurance_recovery_eur;
  const aside =
    recovered === null || recovered === 0n
      ? ''
      : ` (EUR ${figureText(recovered)} recovered, which takes nothing away)`;
  return criterion({
    id: 'economic_impact',
    article: '9(6)',
    name: 'Economic impact',
    test: 'Met by gross costs and losses, before recoveries, that exceeded the limit or are likely to.',
    parts: [
      {
        id: 'gross_costs',
        article: thresholds.costs.article,
        name: 'Gross direct and indirect costs and losses',
        value: gross === null ? null : `EUR ${figureText(gross)}${aside}`,
        threshold: limitText(thresholds.costs),
        met: costs(facts),
      },
    ],
  });
}

function yesNo(facts: ReadFacts, id: YesNoName, article: string, name: string): CriterionPart {
  const met = facts.yesNo[id];
  return { id, article, name, value: answerText(met), threshold: null, met };
}
