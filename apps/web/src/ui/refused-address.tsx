import { Banner } from './banner.tsx'

/** Says which parts of the address were not understood, as after a link was changed by hand. */
export function RefusedAddress({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <Banner tone="warning">
      This address asks for something that does not exist here ({names.join(', ')}). That part was left out.
    </Banner>
  )
}
