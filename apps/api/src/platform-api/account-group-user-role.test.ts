import { defaultRoleTable } from '@packline/domain/access/privileges.ts'
import { expect, test } from 'vitest'
import { signInAs } from '../test/people.ts'
import { createGroup, createPair } from '../test/platform-api/contract-scene.ts'
import { createTestApp } from '../test/test-app.ts'

const app = await createTestApp({
  mail: { smtpUrl: 'smtp://127.0.0.1:1', from: { name: '', address: 'packline@example.test' } },
  publicUrl: 'http://packline.example.test',
})
const pair = await createPair(app)

test('whoever is added to a group is told by mail, unless notifyUser says otherwise', async () => {
  const { id: accountGroupId } = await createGroup(app, pair)
  for (const { notifyUser, mails } of [
    { notifyUser: undefined, mails: 1 },
    { notifyUser: true, mails: 1 },
    { notifyUser: false, mails: 0 },
  ]) {
    const { email, userId } = await signInAs(app, { accountId: pair.publisher.accountId })
    await app.db.user.update({ where: { id: userId }, data: { lastSignedInAt: new Date() } })
    const answer = await pair.publisher.send('POST', '/AccountGroupUserRole', {
      body: { accountGroupId, userId: email, roleId: defaultRoleTable.support.id, notifyUser },
    })
    expect(answer.statusCode, answer.body).toBe(200)
    expect(await app.db.mail.count({ where: { toAddress: email } })).toBe(mails)
  }
})
