import { expect, test } from 'vitest'
import { businessNow } from '../../platform/clock.ts'
import { createConsumer, createPlace, install } from '../../test/consumer-scene.ts'
import { untilSomeoneWaitsForALock } from '../../test/lock-waits.ts'
import { createReleaseScene } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'

const app = await createTestApp()
const { db } = app

test.each(['detaches', 'uninstalls'])(
  'who %s and waited for an early apply has done so after it, also by the clock',
  async (act) => {
    const scene = await createReleaseScene(app)
    const consumer = await createConsumer(app, scene)
    const place = await createPlace(app, consumer.accountId)
    const { id } = await install(consumer, scene.pack.id, [place.id])
    const { acting, applied } = await db.$transaction(async (tx) => {
      // As an early apply does, which holds the pack beside others.
      await tx.$queryRaw`select from "IntegrationPack" where id = ${scene.pack.id}::uuid for share`
      await tx.$queryRaw`select from "Attachment" where "installationId" = ${id}::uuid for no key update`
      const waiting =
        act === 'detaches'
          ? consumer.call('POST', `/installations/${id}/detachments`, {
              body: { environmentIds: [place.id] },
            })
          : consumer.call('DELETE', `/installations/${id}`)
      await untilSomeoneWaitsForALock(db)
      return { acting: waiting, applied: await businessNow(tx) }
    })
    expect((await acting).statusCode).toBeLessThan(300)
    const [attachment] = await db.attachment.findMany({ where: { installationId: id } })
    expect(attachment?.detachedAt?.getTime()).toBeGreaterThanOrEqual(applied.epochMilliseconds)
  },
)
