import { releaseDue } from '../features/releases/release-due.ts'
import { setClock } from './clock.ts'
import { type Consumer, createConsumer, createPlace, install, packsOf } from './consumer-scene.ts'
import { createReleaseScene, releaseBody, type ReleaseScene, scheduleRelease } from './release-scene.ts'
import type { TestApp } from './test-app.ts'

/** A pack attached to two environments with an Atom each, and a scheduled release of version 2.0 of both components. */
export async function startTestingPeriod(app: TestApp) {
  const scene = await createReleaseScene(app)
  const consumer = await createConsumer(app, scene)
  const one = await createPlace(app, consumer.accountId, { name: 'Production' })
  const two = await createPlace(app, consumer.accountId, { name: 'Test' })
  const installation = await install(consumer, scene.pack.id, [one.id, two.id])
  const pendingId = await scheduleRelease(scene)
  const attachmentId =
    installation.attached.find(({ environmentId }) => environmentId === one.id)?.attachmentId ?? ''
  return { scene, consumer, one, two, installation, attachmentId, pendingId }
}

/** Midnight in Berlin of the date that the scene's releases are scheduled for. */
export async function goOut({ db, deps }: TestApp) {
  await setClock(db, '2027-02-28T23:00:00Z')
  await releaseDue(deps)
}

/** Replaces the scheduled release by one with a newer version, and says its id. */
export async function replaceVersions(scene: ReleaseScene, releaseId: string) {
  const answer = await scene.manager.call('POST', `/releases/${releaseId}/replacement`, {
    body: releaseBody(scene, [2, 1], '2027-03-01'),
  })
  if (answer.statusCode >= 300) throw new Error(`Not replaced: ${answer.body}`)
  return answer.json<{ id: string }>().id
}

/** Where the packs of an environment stand: why nothing is offered, else the state. */
export const statesIn = async (consumer: Consumer, environmentId: string) =>
  (await packsOf(consumer, environmentId)).rows.map(({ state, why }) => why ?? state)
