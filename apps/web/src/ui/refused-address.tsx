import { Banner } from './banner.tsx'
import classes from './refused-address.module.css'

/** Says which parts of the address were not understood, as after a link was changed by hand. */
export function RefusedAddress({ names }: { names: readonly string[] }) {
  if (names.length === 0) return null
  return (
    <div className={classes['root']}>
      <Banner tone="warning">
        This address asks for something that does not exist here ({names.join(', ')}). That part was left out.
      </Banner>
    </div>
  )
}
