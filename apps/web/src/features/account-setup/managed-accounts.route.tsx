import { usePermission } from '../../session.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Allowed } from '../../ui/why-not.tsx'

export function Component() {
  const permission = usePermission('view-managed-accounts')
  return (
    <>
      <PageHeading title="Accounts" />
      <Allowed permission={permission}>The accounts that this account manages.</Allowed>
    </>
  )
}
