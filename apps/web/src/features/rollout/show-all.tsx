import { focusNear } from '../../ui/focus-near.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import { everyRow, type RolloutAddress } from './rollout-address.ts'

/** Takes every filter away, and itself with them: the focus goes to the heading of the page. */
export function ShowAll({ onChange }: { onChange: (change: Partial<RolloutAddress>) => void }) {
  return (
    <LinkButton
      onClick={() => {
        onChange(everyRow)
        focusNear(null)
      }}
    >
      Show all
    </LinkButton>
  )
}
