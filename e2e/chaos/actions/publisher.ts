import type { ReleaseHistoryEntry } from '@packline/contract/releases.ts'
import { dateIn, releaseBody, someVersions } from '../product/scene.ts'
import type { Act } from './act.ts'

export const scheduleRelease: Act = async ({ stage, scene, random, pack }) => {
  const releaseOn = await dateIn(stage, random.between(1, 20))
  await scene.manager.ask('createRelease', {
    params: { packId: pack.id },
    body: releaseBody(pack, someVersions(random), releaseOn),
  })
}

export const releaseAtOnce: Act = async ({ scene, random, pack }) => {
  await scene.manager.ask('createRelease', {
    params: { packId: pack.id },
    body: releaseBody(pack, someVersions(random)),
  })
}

/** The scheduled release of the pack or, without one, its newest, which refuses to be changed. */
async function findTarget({ scene, pack }: Parameters<Act>[0]): Promise<ReleaseHistoryEntry | undefined> {
  const releases = await scene.manager.get<ReleaseHistoryEntry[]>('listReleases', {
    params: { packId: pack.id },
  })
  return releases.find(({ status }) => status === 'SCHEDULED') ?? releases[0]
}

export const reschedule: Act = async (world) => {
  const target = await findTarget(world)
  const releaseOn = await dateIn(world.stage, world.random.between(1, 20))
  await world.scene.manager.ask('reschedule', {
    params: { releaseId: target?.id ?? '' },
    body: { releaseOn },
  })
}

export const changeVersions: Act = async (world) => {
  const target = await findTarget(world)
  const releaseOn = await dateIn(world.stage, world.random.between(1, 20))
  await world.scene.manager.ask('changeVersions', {
    params: { releaseId: target?.id ?? '' },
    body: releaseBody(world.pack, someVersions(world.random), releaseOn),
  })
}

export const releaseNow: Act = async (world) => {
  const target = await findTarget(world)
  await world.scene.manager.ask('releaseNow', { params: { releaseId: target?.id ?? '' }, body: {} })
}

export const cancel: Act = async (world) => {
  const target = await findTarget(world)
  await world.scene.manager.ask('cancelRelease', {
    params: { releaseId: target?.id ?? '' },
    body: { reason: 'Not ready.' },
  })
}

/** Somebody of another publisher tries what is none of their business. */
export const meddle: Act = async (world) => {
  const { scene, pack, random } = world
  const target = await findTarget(world)
  const params = { packId: pack.id, releaseId: target?.id ?? '' }
  const attempts = [
    () => scene.stranger.ask('createRelease', { params, body: releaseBody(pack, someVersions(random)) }),
    () => scene.stranger.ask('cancelRelease', { params, body: { reason: 'Mine.' } }),
    () => scene.stranger.ask('getRelease', { params }),
    () => scene.stranger.ask('deletePack', { params }),
  ]
  await random.choose(attempts)?.()
}
