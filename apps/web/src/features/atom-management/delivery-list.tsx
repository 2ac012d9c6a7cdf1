import type { AtomListItem } from '@packline/contract/atoms.ts'
import type { DeliveryView } from '@packline/contract/updates.ts'
import { Progress } from '@mantine/core'
import { StatusBadge } from '../../ui/status-badge.tsx'
import classes from './delivery-list.module.css'
import { deliveryText, deliveryTones, isOnline } from './delivery-words.ts'

type DeliveryListProps = {
  label: string
  deliveries: readonly DeliveryView[]
  atoms: readonly AtomListItem[]
}

/** How far each Atom is with the release that runs here, row by row. */
export function DeliveryList({ label, deliveries, atoms }: DeliveryListProps) {
  // An Atom without a node has nothing to report, and is still one that this should run on.
  const silent = atoms.filter(({ nodeCount }) => nodeCount === 0)
  if (deliveries.length + silent.length === 0) return null
  return (
    <ul className={classes['list']} aria-label={label}>
      {deliveries.map((delivery) => (
        <li key={delivery.nodeId} className={classes['row']}>
          <span className={classes['name']}>
            {delivery.atomName}
            {delivery.nodeName !== delivery.atomName && (
              <span className={classes['node']}> {delivery.nodeName}</span>
            )}
          </span>
          <StatusBadge tone={deliveryTones[delivery.state]}>
            <span className={classes['words']}>
              {deliveryText(delivery, isOnline(atoms, delivery.atomId))}
            </span>
          </StatusBadge>
          {delivery.state === 'DOWNLOADING' && delivery.totalBytes > 0 && (
            <Progress.Root size="sm" className={classes['bar'] ?? ''}>
              <Progress.Section
                value={(delivery.progressBytes / delivery.totalBytes) * 100}
                aria-label={`Download of ${delivery.atomName}`}
              />
            </Progress.Root>
          )}
        </li>
      ))}
      {silent.map(({ id, name }) => (
        <li key={id} className={classes['row']}>
          <span className={classes['name']}>{name}</span>
          <StatusBadge tone="neutral">Not installed yet</StatusBadge>
        </li>
      ))}
    </ul>
  )
}
