export type ComponentType =
  | 'process'
  | 'webservice'
  | 'processroute'
  | 'certificate'
  | 'customlibrary'
  | 'flowservice'
  | 'tpgroup'

/** What a decision has to know of a component. `containsProcessRoute` matters for processes only. */
export type Component = {
  id: string
  accountId: string
  type: ComponentType
  containsProcessRoute: boolean
}

/** The component types that can be packaged and deployed, with their names on screen and whether packs take them. */
export const componentTypeTable: Record<ComponentType, { label: string; fitsIntoPacks: boolean }> = {
  process: { label: 'Process', fitsIntoPacks: true },
  webservice: { label: 'API Service Component', fitsIntoPacks: true },
  processroute: { label: 'Process Route', fitsIntoPacks: false },
  certificate: { label: 'Certificate', fitsIntoPacks: false },
  customlibrary: { label: 'Custom Library', fitsIntoPacks: false },
  flowservice: { label: 'Flow Service', fitsIntoPacks: false },
  tpgroup: { label: 'Processing Group', fitsIntoPacks: false },
}

// The keys of a record over ComponentType are component types.
const componentTypes = Object.keys(componentTypeTable) as ComponentType[]

/** All types in the order of their names on screen, for lists sorted by type. */
export const componentTypesByLabel: readonly ComponentType[] = componentTypes.toSorted((one, other) =>
  componentTypeTable[one].label < componentTypeTable[other].label ? -1 : 1,
)

/** Whether packages of this component may be shared and put into packs: processes without Process Route, API Services. */
export function maySharePackages({ type, containsProcessRoute }: Component): boolean {
  return componentTypeTable[type].fitsIntoPacks && !(type === 'process' && containsProcessRoute)
}
