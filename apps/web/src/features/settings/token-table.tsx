import { Button } from '@mantine/core'
import type { TokenStanding, TokenView } from '@packline/contract/api-tokens.ts'
import { isPrivilege, privilegeTable } from '@packline/domain/access/privileges.ts'
import type { ReactNode } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge, type StatusTone } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import classes from './settings.module.css'

type TokenTableProps = {
  tokens: readonly TokenView[] | undefined
  empty: ReactNode
  onRevoke: (token: TokenView) => void
}

export function TokenTable({ tokens, empty, onRevoke }: TokenTableProps) {
  const zone = useReaderZone()
  return (
    <DataTable
      label="API tokens"
      columns={columnsFor(zone, onRevoke)}
      rows={tokens}
      rowId={({ id }) => id}
      sort={{ by: 'createdAt', direction: 'desc' }}
      empty={empty}
      minWidth={860}
      skeletonRows={2}
    />
  )
}

const troubles: Record<Exclude<TokenStanding, 'works'>, { tone: StatusTone; text: string }> = {
  expired: { tone: 'neutral', text: 'Expired' },
  'account-left': { tone: 'bad', text: 'Does nothing: you do not work in this account any more' },
  'account-suspended': { tone: 'warning', text: 'Does nothing while the account is suspended' },
  'two-step-missing': { tone: 'warning', text: 'Does nothing until you turn on two-step sign-in' },
  'no-api-access': { tone: 'warning', text: 'Does nothing until you have API Access again' },
}

const columnsFor = (zone: string, onRevoke: (token: TokenView) => void): TableColumn<TokenView>[] => [
  { id: 'name', header: 'Name', isRowHeader: true, sortValue: ({ name }) => name, cell: NameCell },
  { id: 'account', header: 'Account', sortValue: ({ accountName }) => accountName, cell: AccountCell },
  { id: 'scopes', header: 'May do', cell: ({ scopes }) => scopesText(scopes) },
  {
    id: 'createdAt',
    header: 'Created',
    isUnbroken: true,
    sortValue: ({ createdAt }) => Date.parse(createdAt),
    cell: ({ createdAt }) => <Moment at={createdAt} zone={zone} />,
  },
  {
    id: 'expiresAt',
    header: 'Expires',
    isUnbroken: true,
    sortValue: ({ expiresAt }) => (expiresAt === null ? null : Date.parse(expiresAt)),
    cell: ({ expiresAt }) => (expiresAt === null ? 'Never' : <Moment at={expiresAt} zone={zone} />),
  },
  {
    id: 'lastUsedAt',
    header: 'Last used',
    hint: 'To the minute.',
    isUnbroken: true,
    sortValue: ({ lastUsedAt }) => (lastUsedAt === null ? null : Date.parse(lastUsedAt)),
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? 'Never' : <Moment at={lastUsedAt} zone={zone} />),
  },
  {
    id: 'revoke',
    header: 'Revoke',
    isHeaderHidden: true,
    align: 'end',
    cell: (token) => (
      <Button
        variant="default"
        size="compact-sm"
        aria-label={`Revoke ${token.name}`}
        onClick={() => onRevoke(token)}
      >
        Revoke
      </Button>
    ),
  },
]

function NameCell({ name, standing }: TokenView) {
  const trouble = standing === 'works' ? null : troubles[standing]
  return (
    <>
      {name}
      {trouble && (
        <span className={classes['under']}>
          <StatusBadge tone={trouble.tone}>{trouble.text}</StatusBadge>
        </span>
      )}
    </>
  )
}

const AccountCell = ({ accountName, accountId }: TokenView) => (
  <>
    {accountName}
    {accountName !== accountId && <span className={classes['under']}>{accountId}</span>}
  </>
)

/** API Access is in every token; of the others, those that it has. */
function scopesText(scopes: readonly string[] | null): string {
  if (scopes === null) return 'Whatever you may do'
  return scopes
    .filter(isPrivilege)
    .filter((scope) => scope !== 'api-access')
    .map((scope) => privilegeTable[scope].label)
    .join(', ')
}
