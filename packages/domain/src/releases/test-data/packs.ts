import type { Component } from '../../packaged-components/component-type.ts'
import type { PackagedComponent } from '../../packaged-components/packaged-component.ts'
import type { PackItem } from '../../packs/pack-item.ts'
import type { PackState } from '../pack-state.ts'

export type Facts = Partial<PackState>

/** A version like `orders-2`: package 2 of component `orders`, active and shareable unless told otherwise. */
export function version(id: string, facts: Partial<PackagedComponent> = {}): PackagedComponent {
  const [componentId = '', ordinal = '0'] = id.split('-')
  return {
    id,
    componentId,
    ordinal: Number(ordinal),
    version: `${ordinal}.0`,
    shareable: true,
    isDeleted: false,
    ...facts,
  }
}

export const versions = (...ids: string[]): PackagedComponent[] => ids.map((id) => version(id))

export function process(id: string, facts: Partial<Component> = {}): Component {
  return { id, accountId: 'orchard', type: 'process', containsProcessRoute: false, ...facts }
}

/** A row; `pending` is the package added and not yet released. */
export function row(
  componentId: string,
  pending: string | null = null,
  facts: Partial<PackItem> = {},
): PackItem {
  return {
    componentId,
    pendingPackageId: pending,
    isRemoved: false,
    leavesWithReleaseId: null,
    ...facts,
  }
}

/** A pack whose components are processes with one row each, unless told otherwise. */
export function packState(facts: Facts = {}): PackState {
  const items = facts.items ?? []
  const packages = facts.packages ?? []
  return {
    type: 'SINGLE',
    items,
    packages,
    current: [],
    scheduled: null,
    components: [...new Set([...items, ...packages].map(({ componentId }) => componentId))].map((id) =>
      process(id),
    ),
    earlierComponentIds: [],
    isReleasing: false,
    ...facts,
  }
}

export const select = (...ids: string[]) =>
  versions(...ids).map(({ id, componentId }) => ({ componentId, packageId: id }))

export const now = Temporal.Instant.from('2026-11-20T12:00:00Z')
