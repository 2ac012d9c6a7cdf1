import { type Component, maySharePackages } from '@packline/domain/packaged-components/component-type.ts'
import type { PackagedComponent } from '@packline/domain/packaged-components/packaged-component.ts'
import { publisherId } from './demo-accounts.ts'
import { actorNamed } from './demo-actors.ts'
import type { DemoCalendar } from './demo-calendar.ts'
import type { DemoComponent } from './components/demo-component.ts'
import { demoComponents } from './demo-components.ts'
import { demoId } from './demo-id.ts'

/** A package of the demo as the domain knows it, with its revision's content. */
export type DemoPackage = PackagedComponent & {
  componentName: string
  revisionId: string
  notes: string
  createdAt: Temporal.Instant
  createdByName: string
  createdById: string
  /** Where its content lies, below `contents`. */
  file: string
}

export type DemoCatalogue = {
  components: readonly (Component & { told: DemoComponent })[]
  packages: readonly DemoPackage[]
}

/** Components and packages of the publisher as they have come about. Each version packages a revision of its own. */
export function demoCatalogue(calendar: DemoCalendar): DemoCatalogue {
  const components = demoComponents.map((told) => ({
    id: demoId('component', told.name),
    accountId: publisherId,
    type: told.type,
    containsProcessRoute: told.containsProcessRoute ?? false,
    told,
  }))
  return { components, packages: components.flatMap((component) => packagesOf(component, calendar)) }
}

function packagesOf(component: DemoCatalogue['components'][number], calendar: DemoCalendar): DemoPackage[] {
  const { name, versions, content } = component.told
  const [folder, ending] = content
  return versions.map(({ version, notes, sharing, isDeleted = false, packaged, by }, index) => {
    const author = actorNamed(by)
    return {
      id: demoId('package', name, version),
      componentId: component.id,
      componentName: name,
      revisionId: demoId('revision', name, version),
      ordinal: index + 1,
      version,
      shareable: sharing !== 'not-allowed' && maySharePackages(component),
      isDeleted,
      notes,
      createdAt: calendar.daysAgo(...packaged),
      createdByName: author.name,
      createdById: author.id,
      file: `${folder}/${version}.${ending}`,
    }
  })
}
