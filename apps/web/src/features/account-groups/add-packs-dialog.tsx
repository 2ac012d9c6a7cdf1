import type { AccountGroupView, ShareablePack } from '@packline/contract/account-groups.ts'
import { packsAtOnce } from '@packline/domain/account-groups/plan-share-packs.ts'
import { packTypeTable } from '@packline/domain/packs/pack-type.ts'
import { changeGroup } from './account-groups.queries.ts'
import { ChooseDialog } from './choose-dialog.tsx'

type AddPacksDialogProps = { isOpen: boolean; group: AccountGroupView; onClose: () => void }

export function AddPacksDialog({ isOpen, group, onClose }: AddPacksDialogProps) {
  return (
    <ChooseDialog<ShareablePack>
      isOpen={isOpen}
      onClose={onClose}
      title="Add Integration Packs"
      nouns={['pack', 'packs']}
      searchLabel="Search integration packs"
      lead="Released packs that are not in the group yet. Its accounts can install them at once; installations from an earlier sharing get the current release."
      choices={{ name: 'listShareablePacks', groupId: group.id }}
      describe={({ id, name, type, sequence }) => ({
        id,
        name,
        detail: `${packTypeTable[type].label}, release ${sequence}`,
      })}
      empty="Every released integration pack is in the group. A pack can be shared once its first release is out."
      limit={packsAtOnce}
      onAdd={(packIds) => changeGroup('sharePacks', { groupId: group.id }, { packIds })}
    />
  )
}
