import { makeRoom } from '@packline/database/client.ts'
import type { Deps } from './deps.ts'

/** On a full server: those who ask all the time would take every connection that it has to give. */
export function makeRoomForTheJob({ db, systemDb }: Pick<Deps, 'db' | 'systemDb'>) {
  for (const requests of [db, systemDb]) makeRoom(requests)
}
