import type { RemovalPreview } from '@packline/contract/account-groups.ts'
import { describeToll, type SharingToll } from '@packline/domain/account-groups/sharing-toll.ts'
import { plural } from '../../lib/dates.ts'
import { Preview, type PreviewQuery } from '../../ui/preview.tsx'

type ConsequencesProps = { preview: PreviewQuery<RemovalPreview | SharingToll> }

/** What leaving a group means, in numbers, before it happens (D-4). */
export function Consequences({ preview }: ConsequencesProps) {
  return (
    <Preview query={preview}>
      {(numbers) => (
        <ul>
          {sentencesOf(numbers).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </Preview>
  )
}

const sentencesOf = (numbers: RemovalPreview | SharingToll): string[] =>
  'sharing' in numbers ? [...describeToll(numbers.sharing), ...lostBy(numbers)] : describeToll(numbers)

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
