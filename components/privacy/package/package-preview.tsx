'use client';

import { useState } from 'react';
import { orderPackageAction, readPreviewAction } from '#lib/privacy/package-actions.ts';
import { outGrounds } from '#lib/privacy/package/out-grounds.ts';
import type { ShownItem, ShownTie } from '#lib/privacy/package/read-preview.ts';
import { useRefresh } from '../../live/use-refresh.ts';
import { Button } from '../../ui/button.tsx';
import { SelectField, TextField } from '../../ui/field.tsx';
import { noAnswer } from '../../ui/key-problem.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel, PanelRow } from '../../ui/panel.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { TakeMark } from './take-mark.tsx';
import { TieRows } from './tie-rows.tsx';

type Choice = { take: string; reason: string; ground: string };

/** What the package will contain, each item in or out with its reason; a person says of texts whether they go in. */
export function PackagePreview({ id, mayChoose }: { id: string; mayChoose: boolean }) {
  const [items, setItems] = useState<readonly ShownItem[] | null>(null);
  const [ties, setTies] = useState<readonly ShownTie[]>([]);
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const refresh = useRefresh();

  async function open() {
    setBusy(true);
    setProblem(null);
    const answer = await readPreviewAction({ id }).catch(() => null);
    setBusy(false);
    if (!answer?.ok) return setProblem(answer ? answer.refusal.sentence : noAnswer);
    setItems(answer.value.items);
    setTies(answer.value.ties);
    setChosen(
      Object.fromEntries(
        answer.value.items.flatMap(({ item, take, ground, outOn }) =>
          item === null ? [] : [[item, { take, reason: ground, ground: outOn ?? '' }]],
        ),
      ),
    );
  }

  async function build() {
    setBusy(true);
    setProblem(null);
    const choices = Object.entries(chosen).flatMap(([item, { take, reason, ground }]) => {
      if (take === 'undecided') return [];
      return [{ item, take, reason, ...(take === 'out' && ground !== '' && { ground }) }];
    });
    const answer = await orderPackageAction({ id, choices }).catch(() => null);
    if (!answer?.ok) {
      setBusy(false);
      return setProblem(answer ? answer.refusal.sentence : noAnswer);
    }
    refresh(() => setBusy(false));
  }

  const choose = (item: string, change: Partial<Choice>) =>
    setChosen((before) => ({
      ...before,
      [item]: { take: 'undecided', reason: '', ground: '', ...before[item], ...change },
    }));
  const texts = (items ?? []).filter(({ item }) => item !== null);
  return (
    <div className="space-y-3">
      {items === null ? (
        <Panel>
          <PanelRow
            title={mayChoose ? 'Look through it before anything is decided' : 'What went into it'}
            aside={
              <Button
                size="small"
                pending={isBusy}
                pendingLabel="Opening"
                onClick={() => void open()}
              >
                Open the preview
              </Button>
            }
          >
            Who opens it, and when, is written down.
          </PanelRow>
        </Panel>
      ) : (
        <div className="space-y-3" aria-live="polite">
          <Table
            label="What the package will contain"
            columns={columns}
            rows={items.filter(({ item }) => item === null)}
            rowKey={({ about }) => about}
            density="dense"
          />
          {ties.length > 0 && <TieRows ties={ties} />}
          {texts.length > 0 && (
            <Panel label="Texts">
              {texts.map((one) => (
                <PanelRow
                  key={one.item}
                  title={one.about}
                  aside={one.at !== null && <Time instant={one.at} style="minute" />}
                >
                  <p className="mb-2 wrap-anywhere whitespace-pre-wrap text-text">
                    <bdi>{one.text}</bdi>
                  </p>
                  <p>{one.reason}</p>
                  {mayChoose && one.item !== null && (
                    <TextChoice
                      choice={
                        chosen[one.item] ?? {
                          take: one.take,
                          reason: one.ground,
                          ground: one.outOn ?? '',
                        }
                      }
                      choose={(change) => choose(one.item ?? '', change)}
                    />
                  )}
                </PanelRow>
              ))}
            </Panel>
          )}
          {mayChoose && texts.length > 0 && (
            <Button pending={isBusy} pendingLabel="Ordering" onClick={() => void build()}>
              Build it with these choices
            </Button>
          )}
        </div>
      )}
      {problem !== null && (
        <Notice tone="caution" title="Nothing was done." announce="assertive">
          {problem}
        </Notice>
      )}
    </div>
  );
}

function TextChoice({
  choice: { take, reason, ground },
  choose,
}: {
  choice: Choice;
  choose: (change: Partial<Choice>) => void;
}) {
  return (
    <div className="mt-2 grid gap-3 medium:grid-cols-2">
      <SelectField
        label="Goes in"
        value={take}
        onChange={(event) => choose({ take: event.target.value })}
        options={[
          { value: 'undecided', label: 'Not said yet' },
          { value: 'in', label: 'In, as it stands here' },
          { value: 'out', label: 'Out' },
        ]}
      />
      {take === 'out' && (
        <SelectField
          label="On which ground"
          placeholder="Choose the ground"
          value={ground}
          onChange={(event) => choose({ ground: event.target.value })}
          options={Object.entries(outGrounds).map(([value, label]) => ({ value, label }))}
        />
      )}
      {take === 'out' && (
        <TextField
          label="Why it is left out"
          value={reason}
          maxLength={1_000}
          onChange={(event) => choose({ reason: event.target.value })}
        />
      )}
    </div>
  );
}

const columns: readonly Column<ShownItem>[] = [
  {
    id: 'what',
    head: 'What',
    wrap: true,
    cell: ({ about, reason }) => (
      <>
        <span className="font-medium">{about}</span>
        <span className="block text-sm text-text-quiet">{reason}</span>
      </>
    ),
  },
  {
    id: 'take',
    head: 'Goes in',
    cell: ({ take }) => <TakeMark isIn={take === 'in'} />,
  },
  {
    id: 'records',
    head: 'Records',
    align: 'end',
    cell: ({ records }) => records.toLocaleString('en'),
  },
];
