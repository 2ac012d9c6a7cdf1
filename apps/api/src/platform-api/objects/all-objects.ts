import { environment } from './environment.ts'
import { environmentAtomAttachment } from './environment-atom-attachment.ts'
import type { PlatformObject } from './platform-object.ts'

/** Every object of the Platform API, in the order of its documentation. */
export const allObjects: readonly PlatformObject[] = [environment, environmentAtomAttachment]
