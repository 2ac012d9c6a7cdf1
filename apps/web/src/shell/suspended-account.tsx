import { Button } from '@mantine/core'
import { refreshSession } from '../session-query.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import { PageHeading } from '../ui/page-heading.tsx'

/** In place of every screen, while nobody may work in the account. Other accounts are in the header. */
export function SuspendedAccount({ name }: { name: string }) {
  return (
    <>
      <PageHeading title="This account is suspended" />
      <EmptyState action={<Button onClick={() => void refreshSession()}>Try again</Button>}>
        Nobody can work in {name} until its publisher reactivates it. What runs in its environments goes on
        running, and releases wait for it.
      </EmptyState>
    </>
  )
}
