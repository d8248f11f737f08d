/** The persons whose data it concerns: who they are, whether they are told, and that they were. */
import {
  listPersonsAction,
  recordPersonsToldAction,
  takeOffPersonsAction,
} from '#lib/privacy/breach-actions.ts';
import { exceptions, personChannels, toldWhom } from '#lib/privacy/breaches/life.ts';
import { tellingsOf } from '#lib/privacy/breaches/tellings.ts';
import type { BreachView } from '#lib/privacy/breaches/view-breach.ts';
import { ActDialog } from '../../clients/act-dialog.tsx';
import { optionsOf } from '../../clients/complaint-form.tsx';
import { countOf } from '../../operations/counts.ts';
import { SelectField, TextAreaField, TextField } from '../../ui/field.tsx';
import { SectionHeading } from '../../ui/page-header.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { StatusMark } from '../../ui/status-mark.tsx';
import { Time } from '../../ui/time.tsx';
import { NowField } from '../requests/now-field.tsx';
import { aboutOf, Reasons } from './breach-acts.tsx';
import { ConcernedPersons } from './concerned-persons.tsx';
import { SignStep } from './sign-step.tsx';

const most = 8000;

export function PersonsSection({ view }: { view: BreachView }) {
  const { standing, can } = view;
  const persons = standing.listed;
  if (standing.awareAt === null) return null;
  return (
    <section>
      <SectionHeading>Persons concerned (Art 34)</SectionHeading>
      <Panel label="Persons concerned">
        <PanelRow
          title={persons === 0 ? 'Nobody is listed' : countOf(persons, 'person', 'people')}
          aside={<ListActs view={view} />}
        >
          {view.erasure !== null ? (
            'Who they were went with the file of the breach.'
          ) : persons === 0 ? (
            'List those of the vault whose data it concerns, so that they can be told.'
          ) : can.seePersons ? (
            <ConcernedPersons id={view.id} />
          ) : (
            'The list is for those who may look at people’s data.'
          )}
        </PanelRow>
        <PanelRow title="Are they told?" aside={<Settled view={view} />}>
          <Decision view={view} />
        </PanelRow>
        {standing.told.map((told) => (
          <PanelRow key={`${told.sentAt} ${told.channel}`} title={personChannels[told.channel]}>
            {told.count === null
              ? 'Made public'
              : `${countOf(told.count, 'person', 'people')} told`}{' '}
            <Time instant={told.sentAt} style="minute" />.
          </PanelRow>
        ))}
      </Panel>
    </section>
  );
}

const Settled = ({ view }: { view: BreachView }) =>
  view.standing.risk === null ? (
    <StatusMark shape="ring">After the assessment</StatusMark>
  ) : view.arePersonsSettled ? (
    <StatusMark shape="square">Settled</StatusMark>
  ) : (
    <StatusMark shape="ring" tone="caution">
      Open
    </StatusMark>
  );

function Decision({ view }: { view: BreachView }) {
  const { standing, can, may } = view;
  const { decision, risk } = standing;
  const mayTell =
    decision !== null &&
    (decision.isTold || (decision.exception === 'disproportionate' && decision.isAgreed));
  const waits = decision !== null && decision.exception !== null && !decision.isAgreed;
  return (
    <>
      <p>{decisionWords(view)}</p>
      <div className="mt-2 flex flex-wrap gap-2 empty:hidden">
        {can.sign && risk !== null && may.includes('persons-decided') && <Decide view={view} />}
        {waits && can.agree && may.includes('persons-agreed') && <Agree view={view} />}
        {can.work && mayTell && may.includes('persons-told') && <Told view={view} />}
      </div>
    </>
  );
}

function decisionWords({ standing }: BreachView): string {
  const { decision, risk, assessment, mustDecide } = standing;
  if (decision !== null && decision.isTold)
    return `Decided: they are told without undue delay. ${toldWords(standing)}`;
  if (decision !== null && decision.exception !== null) {
    const { name, article } = exceptions[decision.exception];
    if (!decision.isAgreed)
      return `Decided by one person: not one by one. ${name} (Art ${article}). It stands once another custody officer or manager agrees; until then they are to be told.`;
    const isUnpublished =
      decision.exception === 'disproportionate' &&
      !standing.told.some(({ channel }) => channel === 'public');
    return `Decided by two people: not one by one. ${name} (Art ${article}).${isUnpublished ? ' It is not public yet.' : ''}`;
  }
  if (decision !== null) return 'Decided: they are not told.';
  if (risk === 'high')
    return 'The risk is high: they are told without undue delay, unless an exception of Article 34(3) holds.';
  if (risk !== null && assessment?.found === 'high')
    return 'The risk was decided to be lower than the rule found it. Somebody who decides says whether they are told.';
  if (risk !== null && mustDecide)
    return 'The risk was high or it was decided on before, and was assessed anew since. Somebody who decides says whether they are told.';
  return risk === null
    ? 'Persons are told where the risk to them is likely to be high.'
    : 'The risk is not high, so nobody has to be told. It may still be decided.';
}

function toldWords(standing: BreachView['standing']): string {
  const { told, waiting, missing } = tellingsOf(standing);
  if (missing === 0) return 'Everybody on record was told.';
  const number = (value: number) => value.toLocaleString('en-GB');
  const others = missing - waiting;
  return [
    `Told so far: ${number(told)}.`,
    ...(waiting > 0 ? [`On the list and not told: ${number(waiting)}.`] : []),
    ...(others > 0 ? [`Beyond the list at least ${number(others)} more, by what is known.`] : []),
  ].join(' ');
}

/** An exception takes two people. */
const Agree = ({ view }: { view: BreachView }) => (
  <SignStep
    step="persons-agreed"
    about={aboutOf(view)}
    label="Agree to it"
    title={`${view.number}: the exception holds`}
    done="Agree with key"
    tone="primary"
  >
    <p>
      You decide as the second person that persons are not told one by one (Art 34(3)). Read the
      reasons among the texts first. Where it doesn’t hold, decide anew that they are told.
    </p>
  </SignStep>
);

const Decide = ({ view }: { view: BreachView }) => (
  <SignStep
    step="persons-decided"
    about={aboutOf(view)}
    label="Decide on telling them"
    title={`${view.number}: are the persons told?`}
    done="Decide with key"
    tone={
      view.standing.risk === 'high' && view.standing.decision === null ? 'primary' : 'secondary'
    }
  >
    <SelectField
      label="Are they told?"
      name="isTold"
      placeholder="Choose"
      options={[
        { value: 'yes', label: 'Yes, each of them' },
        { value: 'no', label: 'No' },
      ]}
    />
    <SelectField
      label="Exception"
      name="exception"
      hint="At a high risk only, and where they are not told."
      options={[
        { value: '', label: 'None' },
        ...Object.entries(exceptions).map(([value, { name, article }]) => ({
          value,
          label: `${name} (Art ${article})`,
        })),
      ]}
    />
    <TextAreaField
      label="What happened"
      name="letter"
      hint="In plain language (Art 34(2)). This and the next two parts are published where telling each would be disproportionate. Where to ask is added from the register of controllers and contacts."
      rows={7}
      maxLength={most}
    />
    <TextAreaField
      label="What may come of it for them"
      name="consequences"
      hint="In plain language. Needed where they are told."
      rows={4}
      maxLength={most}
    />
    <TextAreaField
      label="What was done, and what they can do"
      name="measures"
      hint="In plain language. Needed where they are told."
      rows={4}
      maxLength={most}
    />
    <Reasons hint="Needed where they are not told." />
  </SignStep>
);

const Told = ({ view }: { view: BreachView }) => (
  <ActDialog
    act={recordPersonsToldAction}
    label="They were told"
    size="small"
    title="Proof that they were told"
    done="Record it"
    fixed={aboutOf(view)}
  >
    <NowField label="Told at" name="sentAt" serverNow={view.serverNow} />
    <SelectField
      label="By"
      name="channel"
      placeholder="Choose by what"
      options={optionsOf(personChannels).filter(
        ({ value }) => (value === 'public') !== (view.standing.decision?.isTold === true),
      )}
    />
    {view.standing.decision?.isTold === true && (
      <>
        <SelectField
          label="Whom"
          name="whom"
          defaultValue={tellingsOf(view.standing).waiting > 0 ? 'rest' : 'others'}
          options={optionsOf(toldWhom)}
        />
        <TextAreaField
          label="Their ids"
          name="persons"
          hint="Only where not everybody on the list was told; apart by blanks or lines."
          rows={3}
        />
        <TextField
          label="How many others"
          name="others"
          inputMode="numeric"
          hint="Persons who are not on the list. Leave it empty where there were none."
          maxLength={9}
        />
      </>
    )}
    <TextAreaField label="Proof" name="proof" hint="What shows it." rows={3} maxLength={most} />
  </ActDialog>
);

function ListActs({ view }: { view: BreachView }) {
  const { standing, may, can } = view;
  const takesOff =
    can.takeOff &&
    may.includes('persons-taken-off') &&
    standing.listed > 0 &&
    tellingsOf(standing).waiting > 0;
  return (
    <span className="flex flex-wrap gap-2 empty:hidden">
      {can.work && may.includes('persons-listed') && <ListPersons view={view} />}
      {takesOff && <TakeOffPersons view={view} />}
    </span>
  );
}

const TakeOffPersons = ({ view }: { view: BreachView }) => (
  <ActDialog
    act={takeOffPersonsAction}
    label="Take off"
    size="small"
    title="Whom it does not concern"
    done="Take them off"
    fixed={aboutOf(view)}
  >
    <p>
      Only who was not told yet. Whoever was told stays: put a mistake on record as a note, and tell
      them.
    </p>
    <TextAreaField
      label="Their ids"
      name="persons"
      hint="As the list has them, apart by blanks or lines."
      rows={3}
    />
    <Reasons hint="Why their data are not concerned. Sealed with the texts of the breach." />
  </ActDialog>
);

const ListPersons = ({ view }: { view: BreachView }) => (
  <ActDialog
    act={listPersonsAction}
    label="Add persons"
    size="small"
    title="Persons concerned"
    done="Add them"
    fixed={aboutOf(view)}
  >
    <TextAreaField
      label="Their ids"
      name="persons"
      hint="As their pages have them, such as ps-abcdefghijklmnop, apart by blanks or lines; up to 10,000 at once. Who is listed already is left out."
      rows={6}
    />
  </ActDialog>
);
