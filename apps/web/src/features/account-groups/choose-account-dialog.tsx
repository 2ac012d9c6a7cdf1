import type { AccountGroupView, GroupAccount } from '@packline/contract/account-groups.ts'
import { accountsAtOnce } from '@packline/domain/account-groups/plan-group-accounts.ts'
import { changeGroup } from './account-groups.queries.ts'
import { ChooseDialog } from './choose-dialog.tsx'

type ChooseAccountDialogProps = { isOpen: boolean; group: AccountGroupView; onClose: () => void }

export function ChooseAccountDialog({ isOpen, group, onClose }: ChooseAccountDialogProps) {
  return (
    <ChooseDialog<GroupAccount>
      isOpen={isOpen}
      onClose={onClose}
      title="Choose Account"
      nouns={['account', 'accounts']}
      searchLabel="Search accounts by name or ID"
      lead="What is shared through the group is there for them at once."
      choices={{ name: 'listAddableAccounts', groupId: group.id }}
      describe={({ id, name, status }) => ({
        id,
        name,
        detail: status === 'suspended' ? `${id}, suspended` : id,
      })}
      empty="Every account that this account manages is in the group."
      limit={accountsAtOnce}
      onAdd={(accountIds) => changeGroup('addGroupAccounts', { groupId: group.id }, { accountIds })}
    />
  )
}
