import type { PlatformObject } from './platform-object.ts'

export type Operation = 'GET' | 'BULK' | 'QUERY' | 'QUERY MORE' | 'CREATE' | 'UPDATE' | 'DELETE'

/** What an object can be asked for, in the order of the documentation. */
export function operationsOf({ reading, only, create, update, remove }: PlatformObject): Operation[] {
  return [
    ...(reading?.get ? (['GET', 'BULK'] as const) : []),
    ...(only ? (['GET'] as const) : []),
    ...(reading?.query ? (['QUERY', 'QUERY MORE'] as const) : []),
    ...(create ? (['CREATE'] as const) : []),
    ...(update ? (['UPDATE'] as const) : []),
    ...(remove ? (['DELETE'] as const) : []),
  ]
}
