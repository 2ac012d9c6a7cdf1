import type { ComponentType } from '@packline/domain/packaged-components/component-type.ts'

export type DemoVersion = {
  version: string
  /** When it was packaged: days ago, and the time of day in Berlin. */
  packaged: readonly [daysAgo: number, time: string]
  by: 'Rosa' | 'Adam'
  notes: string
  /** Sharing allowed unless said otherwise. */
  sharing?: 'not-allowed'
  isDeleted?: true
}

export type DemoComponent = {
  name: string
  type: ComponentType
  folder: string
  containsProcessRoute?: true
  /** Where each version's content lies: `contents/<content[0]>/<version>.<content[1]>`. */
  content: readonly [folder: string, ending: 'xml' | 'json' | 'pem']
  versions: readonly DemoVersion[]
}
