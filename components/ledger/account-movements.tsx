import type { LedgerAccountView } from '#lib/operations/view-ledger-account.ts';
import { countOf } from '../operations/counts.ts';
import { KeysSwitch } from '../operations/keys-switch.tsx';
import { ListFoot } from '../operations/list-foot.tsx';
import { buttonLook } from '../ui/button-look.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { Notice } from '../ui/notice.tsx';
import { SectionHeading } from '../ui/page-header.tsx';
import { Table } from '../ui/table.tsx';
import { TextLink } from '../ui/text-link.tsx';
import { movementsAddress, movementsFile } from './account-address.ts';
import { movementColumns } from './account-columns.tsx';
import { MovementFilterForm } from './movement-filter-form.tsx';

/** Movements of an account as they were asked for, each with where the account stood after it. */
export function AccountMovements({
  view,
  name,
  isFirst,
  mayCorrect,
}: {
  view: LedgerAccountView;
  /** What people call the account. */
  name: string;
  isFirst: boolean;
  mayCorrect: boolean;
}) {
  const { account, kind, asset, lines, next, back, order, problem, lookedUpTo } = view;
  const [on, from] =
    order === 'newest' ? (['before', 'after'] as const) : (['after', 'before'] as const);
  const first = movementsAddress(view);
  return (
    <section>
      <SectionHeading
        action={
          problem === null && (
            <a
              href={movementsFile(view)}
              download
              className={`screen-only ${buttonLook('secondary', 'small')}`}
            >
              Download CSV
            </a>
          )
        }
      >
        Movements
      </SectionHeading>
      <MovementFilterForm view={view} />
      {problem !== null && (
        <Notice tone="danger" title="This can’t be looked for.">
          {problem}
        </Notice>
      )}
      {problem === null && (
        <Table
          label={`Movements of ${name}`}
          columns={movementColumns(asset, mayCorrect && kind === 'suspense' ? account : null)}
          rows={lines}
          rowKey={({ journal, line }) => `${journal} ${line}`}
          empty={<Nothing view={view} />}
          foot={
            <>
              <ListFoot count={countOf(lines.length, 'movement')} isFirst={isFirst} next={next}>
                , {order} first
              </ListFoot>
              {lookedUpTo !== null && (
                <div>Looked as far as journal {lookedUpTo}; there is more to look through.</div>
              )}
            </>
          }
          footEnd={<KeysSwitch />}
        />
      )}
      {(!isFirst || next !== null) && (
        <nav aria-label="Pages of movements" className="mt-4 flex flex-wrap gap-2">
          {!isFirst && (
            <LinkButton size="small" href={first}>
              {order === 'newest' ? 'Newest' : 'Oldest'} movements
            </LinkButton>
          )}
          {back !== null && (
            <LinkButton size="small" href={movementsAddress(view, [from, back])}>
              {order === 'newest' ? 'Newer' : 'Earlier'} movements
            </LinkButton>
          )}
          {next !== null && (
            <LinkButton size="small" href={movementsAddress(view, [on, next])}>
              {lookedUpTo !== null
                ? 'Look further'
                : `${order === 'newest' ? 'Older' : 'Later'} movements`}
            </LinkButton>
          )}
        </nav>
      )}
    </section>
  );
}

function Nothing({ view: { asked, lookedUpTo, account, asset } }: { view: LedgerAccountView }) {
  if (lookedUpTo !== null) return 'Nothing among those looked through so far. Look further below.';
  const { order: _order, ...narrowing } = asked;
  if (Object.keys(narrowing).length === 0) return 'Nothing has moved on this account yet.';
  return (
    <>
      No movement is like that.{' '}
      <TextLink href={movementsAddress({ account, asked: {} })}>
        Show all movements in {asset}
      </TextLink>
    </>
  );
}
