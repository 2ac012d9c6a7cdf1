import { makeRoom } from '@packline/database/client.ts'
import { isFull } from './database-errors.ts'
import type { Deps } from './deps.ts'

/** Those who ask all the time would take every connection that the server has to give: when it is full, they give some up. */
export function makeRoomWhenFull({ db, systemDb }: Deps, error: unknown) {
  if (isFull(error)) for (const requests of [db, systemDb]) makeRoom(requests)
}
