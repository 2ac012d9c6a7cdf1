import type { PackRowView, PackView } from '@packline/contract/integration-packs.ts'
import { api } from '../../api.ts'
import { usePackWrite } from '../../packs/use-pack-write.ts'
import { announce } from '../../ui/live-region.tsx'

/** Takes a removal back. */
export const useUndelete = (pack: PackView) =>
  usePackWrite({
    pack,
    act: 'undelete',
    send: ({ componentId }: PackRowView, options) =>
      api.undeletePackage({ packId: pack.id, componentId, ...options }),
    onDone: (_pack, { componentName }) => announce(`${componentName} is in the pack again`),
  })
