import type { Component } from '../packaged-components/component-type.ts'
import type { PackagedComponent } from '../packaged-components/packaged-component.ts'
import type { PackContents } from '../packs/pack-rows.ts'
import type { PackType } from '../packs/pack-type.ts'

/** Everything a decision about a pack's releases looks at, loaded once under the pack's lock. */
export type PackState<Package extends PackagedComponent = PackagedComponent> = PackContents<Package> & {
  type: PackType
  /** The components of all rows, of all earlier releases and of what is selected now. */
  components: readonly Component[]
  /** Components of any earlier release of this pack: they may come back in a rollback (D-5). */
  earlierComponentIds: readonly string[]
  /** A release of this pack is going out (`releasePhase`). */
  isReleasing: boolean
}
