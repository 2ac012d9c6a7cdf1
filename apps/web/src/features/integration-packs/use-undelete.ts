import type { PackRowView, PackView } from '@packline/contract/integration-packs.ts'
import { api } from '../../api.ts'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { announce } from '../../ui/live-region.tsx'
import { dismissRemovalBanner } from './removal-banner.ts'

/** Takes a removal back. */
export const useUndelete = (pack: PackView, onUndeleted: () => void) =>
  usePackWrite({
    pack,
    act: 'undelete',
    send: ({ componentId }: PackRowView, options) =>
      api.undeletePackage({ packId: pack.id, componentId, ...options }),
    onDone: (_pack, { componentId, componentName }) => {
      dismissRemovalBanner(componentId)
      announce(`${componentName} is in the pack again`)
      onUndeleted()
    },
  })
