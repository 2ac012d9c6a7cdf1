/**
 * One version of a component. `ordinal` counts a component's packages in order of creation (1, 2, 3 …); it alone
 * says which is newer, because clocks may go back.
 */
export type PackagedComponent = {
  id: string
  componentId: string
  ordinal: number
  version: string
  shareable: boolean
  isDeleted: boolean
}

/** Active and shareable: may go into a pack and out in a release. */
export function isReleasable({ shareable, isDeleted }: PackagedComponent): boolean {
  return shareable && !isDeleted
}

/** The package of this component that was created last among the active, shareable ones. */
export function newestShareable<Package extends PackagedComponent>(
  componentId: string,
  packages: readonly Package[],
): Package | undefined {
  return packages
    .filter((one) => one.componentId === componentId && isReleasable(one))
    .reduce<Package | undefined>(
      (newest, one) => (newest && newest.ordinal > one.ordinal ? newest : one),
      undefined,
    )
}
