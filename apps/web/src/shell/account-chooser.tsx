import type { SessionView } from '@packline/contract/session.ts'
import { formatCount } from '../lib/dates.ts'
import { messageOf } from '../lib/problem-message.ts'
import { DisclosureItem } from '../ui/disclosure-item.tsx'
import { StatusBadge } from '../ui/status-badge.tsx'
import classes from './account-chooser.module.css'
import { accessLine, useMyAccounts } from './my-accounts.ts'

type AccountChooserProps = {
  session: SessionView
  onChoose: (accountId: string) => void
}

/** The other accounts one may work in, the last ones first, with how one comes to each; with many, found by typing. */
export function AccountChooser({ session, onChoose }: AccountChooserProps) {
  const { typed, setTyped, hasMore, rows, unshown, error } = useMyAccounts(session)
  const others = rows?.filter(({ id }) => id !== session.account?.id)
  return (
    <>
      <p className={classes['title']}>Work in another account</p>
      {hasMore && (
        <input
          type="search"
          className={classes['search']}
          aria-label={`Search ${formatCount(session.accountCount)} accounts by name or ID`}
          placeholder={`Search ${formatCount(session.accountCount)} accounts`}
          value={typed}
          maxLength={255}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      {error && <p className={classes['note']}>{messageOf(error)}</p>}
      {others?.map((choice) =>
        choice.status === 'suspended' ? (
          <div key={choice.id} className={classes['held']}>
            {choice.name} <StatusBadge tone="bad">Suspended</StatusBadge>
            <span className={classes['detail']}>{accessLine(choice)}</span>
          </div>
        ) : (
          <DisclosureItem key={choice.id} onClick={() => onChoose(choice.id)}>
            <span>
              {choice.name}
              <span className={classes['detail']}>{accessLine(choice)}</span>
            </span>
          </DisclosureItem>
        ),
      )}
      <p role="status" className={hasMore ? classes['note'] : 'listeners-only'}>
        {others === undefined
          ? 'Searching…'
          : others.length === 0
            ? 'No other account is called so.'
            : unshown > 0
              ? `${formatCount(unshown)} more. Type to find one.`
              : ''}
      </p>
    </>
  )
}
