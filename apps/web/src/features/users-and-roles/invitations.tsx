import { Title } from '@mantine/core'
import type { InvitationView } from '@packline/contract/invitations.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Moment } from '../../ui/moment.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { userQueries } from './account-users.queries.ts'
import { ResendDialog } from './resend-dialog.tsx'
import classes from './users-and-roles.module.css'
import { labelsOf } from './user-words.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

type Act = { kind: 'resend' | 'withdraw'; invitation: InvitationView }

/** Who is invited and has not accepted yet; nothing where nobody is. */
export function Invitations({ page, onPage }: { page: number; onPage: (page: number) => void }) {
  const zone = useReaderZone()
  const [act, setAct] = useState<Act | null>(null)
  const { data, error, refetch } = useQuery(userQueries.invitations(page))
  const columns = useMemo(() => columnsFor(zone, setAct), [zone])
  const close = () => setAct(null)
  const shown = act?.invitation ?? null
  return (
    <>
      {error && (
        <div className={classes['invitations']}>
          <ErrorState
            title="The invitations could not be loaded"
            error={error}
            onRetry={() => void refetch()}
          />
        </div>
      )}
      {data !== undefined && data.total > 0 && (
        <section aria-labelledby="invitations" className={classes['invitations']}>
          <Title order={2} id="invitations" mb="sm">
            Invitations
          </Title>
          <DataTable
            label="Invitations"
            columns={columns}
            rows={data.rows}
            rowId={({ id }) => id}
            empty={null}
            minWidth={760}
          />
          {data.total > data.pageSize && (
            <Pagination
              noun="invitations"
              page={data.page}
              pageSize={data.pageSize}
              total={data.total}
              onPage={onPage}
            />
          )}
        </section>
      )}
      {data !== undefined && data.total > 0 && (
        <Title order={2} mb="sm">
          Users
        </Title>
      )}
      <ResendDialog invitation={act?.kind === 'resend' ? shown : null} onClose={close} />
      <WithdrawDialog invitation={act?.kind === 'withdraw' ? shown : null} onClose={close} />
    </>
  )
}

const columnsFor = (zone: string, onAct: (act: Act) => void): TableColumn<InvitationView>[] => [
  { id: 'email', header: 'E-mail', isRowHeader: true, cell: ({ email }) => email },
  { id: 'roles', header: 'Roles', cell: ({ roles }) => labelsOf(roles) },
  { id: 'invitedByName', header: 'Invited By', cell: ({ invitedByName }) => invitedByName },
  {
    id: 'expiresAt',
    header: 'Link Works Until',
    isUnbroken: true,
    cell: ({ expiresAt, isExpired }) =>
      isExpired ? <StatusBadge tone="warning">Expired</StatusBadge> : <Moment at={expiresAt} zone={zone} />,
  },
  {
    id: 'acts',
    header: 'Actions',
    isHeaderHidden: true,
    align: 'end',
    isUnbroken: true,
    cell: (invitation) => (
      <span className={classes['acts']}>
        <LinkButton
          aria-label={`Send again the invitation of ${invitation.email}`}
          onClick={() => onAct({ kind: 'resend', invitation })}
        >
          Send again
        </LinkButton>
        <LinkButton
          aria-label={`Withdraw the invitation of ${invitation.email}`}
          onClick={() => onAct({ kind: 'withdraw', invitation })}
        >
          Withdraw
        </LinkButton>
      </span>
    ),
  },
]
