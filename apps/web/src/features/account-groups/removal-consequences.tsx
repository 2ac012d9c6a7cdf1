import type { RemovalPreview } from '@packline/contract/account-groups.ts'
import { describeToll, type SharingToll } from '@packline/domain/account-groups/sharing-toll.ts'
import type { UseQueryResult } from '@tanstack/react-query'
import { plural } from '../../lib/dates.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Loading } from '../../ui/loading.tsx'

type ConsequencesProps = { preview: UseQueryResult<RemovalPreview | SharingToll> }

/** What leaving a group means, in numbers, before it happens (D-4). */
export function Consequences({ preview: { data, error, refetch } }: ConsequencesProps) {
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={3} label="Counting what it means" />
  const sentences = 'sharing' in data ? [...describeToll(data.sharing), ...lostBy(data)] : describeToll(data)
  return (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

const lostBy = ({ users, sharedRoleUsers }: RemovalPreview): string[] => [
  ...(users > 0
    ? [`${plural(users, 'user')} can no longer work there through the group, nor can their API tokens.`]
    : []),
  ...(sharedRoleUsers > 0
    ? [
        `${plural(sharedRoleUsers, 'user')} of these accounts ${sharedRoleUsers === 1 ? 'loses' : 'lose'} a role that was shared through the group. This cannot be undone.`,
      ]
    : []),
]
