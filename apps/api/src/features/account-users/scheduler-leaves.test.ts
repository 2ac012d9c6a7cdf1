import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { expect, test } from 'vitest'
import { setClock } from '../../test/clock.ts'
import { signInAs } from '../../test/people.ts'
import { addCustomer, attachmentsOf, createReleaseScene, scheduleRelease } from '../../test/release-scene.ts'
import { createTestApp } from '../../test/test-app.ts'
import { releaseDue } from '../releases/release-due.ts'

const app = await createTestApp()

test.each(['is removed', 'loses the privilege'])(
  'D-15 the scheduler %s: the release goes out all the same, under their name',
  async (how) => {
    const scene = await createReleaseScene(app)
    const customer = await addCustomer(app, scene)
    const admin = await signInAs(app, { accountId: scene.accountId, role: 'administrator' })
    const releaseId = await scheduleRelease(scene)

    const path = `/users/${scene.manager.userId}`
    if (how === 'is removed') {
      const answer = await admin.call('DELETE', path)
      expect(answer.json()).toMatchObject({ endedSessions: 1, scheduledReleases: 1 })
    } else {
      const roleIds = [defaultRoleTable.support.id]
      expect((await admin.call('PUT', `${path}/roles`, { body: { roleIds } })).statusCode).toBe(200)
    }
    expect((await scene.manager.call('GET', `/releases/${releaseId}`)).statusCode).toBe(
      how === 'is removed' ? 401 : 403,
    )

    await setClock(app.db, '2027-02-28T23:00:00Z')
    expect(await releaseDue(app.deps)).toBe(1)
    const release = await app.db.release.findUniqueOrThrow({ where: { id: releaseId } })
    expect(release).toMatchObject({ status: 'SUCCESS', scheduledByName: 'Test Person' })
    expect(await attachmentsOf(app, customer.accountId)).toMatchObject([{ releaseId, versionNumber: 2 }])
  },
)
