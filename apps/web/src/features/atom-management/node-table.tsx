import type { AtomView } from '@packline/contract/atoms.ts'
import { atomTypeTable } from '@packline/domain/atoms/atom-status.ts'
import { Button } from '@mantine/core'
import { useEffect, useMemo, useState } from 'react'
import { relativeInstant } from '../../lib/dates.ts'
import { useReaderZone } from '../../session.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Moment } from '../../ui/moment.tsx'
import { StatusBadge } from '../../ui/status-badge.tsx'
import type { TableColumn } from '../../ui/table-column.ts'
import { statusTable } from './atom-words.tsx'
import classes from './properties.module.css'
import { RevokeNodeDialog } from './revoke-node-dialog.tsx'

type Node = AtomView['nodes'][number]

/** The programs that run an Atom: one, or several of a Molecule or an Atom Cloud. */
export function NodeTable({ atom, mayRevoke }: { atom: AtomView; mayRevoke: boolean }) {
  const [revoking, setRevoking] = useState<Node | null>(null)
  const zone = useReaderZone()
  const now = useDeviceNow()
  const columns = useMemo(
    () => columnsFor({ zone, now, onRevoke: mayRevoke ? setRevoking : null }),
    [zone, now, mayRevoke],
  )
  return (
    <section aria-labelledby="nodes" className={classes['section']}>
      <h3 id="nodes">Nodes</h3>
      <DataTable
        label={`Nodes of ${atom.name}`}
        columns={columns}
        rows={atom.nodes}
        rowId={({ id }) => id}
        sort={{ by: 'name', direction: 'asc' }}
        minWidth={720}
        empty={
          <EmptyState>
            {`No node has registered yet. Run the install command on the machine that the ${atomTypeTable[atom.type].label} is for.`}
          </EmptyState>
        }
      />
      <RevokeNodeDialog atomId={atom.id} node={revoking} onClose={() => setRevoking(null)} />
    </section>
  )
}

type ColumnOptions = { zone: string; now: Date; onRevoke: ((node: Node) => void) | null }

function columnsFor({ zone, now, onRevoke }: ColumnOptions): TableColumn<Node>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      cell: ({ name }) => name,
      sortValue: ({ name }) => name,
      isRowHeader: true,
    },
    {
      id: 'status',
      header: 'Status',
      cell: ({ status }) => (
        <StatusBadge tone={statusTable[status].tone}>{statusTable[status].label}</StatusBadge>
      ),
      isUnbroken: true,
    },
    {
      id: 'heard',
      header: 'Last heard',
      cell: ({ lastSeenAt }) =>
        lastSeenAt === null ? (
          'never'
        ) : (
          <>
            {relativeInstant(lastSeenAt, now)}
            <span className={classes['under']}>
              <Moment at={lastSeenAt} zone={zone} />
            </span>
          </>
        ),
      sortValue: ({ lastSeenAt }) => (lastSeenAt === null ? null : Date.parse(lastSeenAt)),
      isUnbroken: true,
    },
    {
      id: 'agent',
      header: 'Program',
      cell: ({ agentVersion, address }) => (
        <>
          {agentVersion === '' ? '––' : agentVersion}
          {address !== '' && <span className={classes['under']}>{address}</span>}
        </>
      ),
      isUnbroken: true,
    },
    {
      id: 'registered',
      header: 'Registered',
      cell: ({ registeredAt }) => <Moment at={registeredAt} zone={zone} />,
      isUnbroken: true,
    },
    ...(onRevoke ? [revokeColumn(onRevoke)] : []),
  ]
}

const revokeColumn = (onRevoke: (node: Node) => void): TableColumn<Node> => ({
  id: 'revoke',
  header: 'Revoke',
  isHeaderHidden: true,
  cell: (node) => (
    <Button
      variant="default"
      size="compact-sm"
      aria-label={`Revoke ${node.name}`}
      onClick={() => onRevoke(node)}
    >
      Revoke
    </Button>
  ),
})

/** Atoms are heard from in real time, also where the demo clock stands elsewhere. */
function useDeviceNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 10_000)
    return () => clearInterval(timer)
  }, [])
  return now
}
