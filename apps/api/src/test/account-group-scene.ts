import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { problem } from '@packline/contract/problem.ts'
import { createAccount, signInAs } from './people.ts'
import { createReleaseScene } from './release-scene.ts'
import type { TestApp } from './test-app.ts'

/** A primary account with its administrator, two managed accounts, and a released pack in no group. */
export async function createGroupScene(test: TestApp) {
  const scene = await createReleaseScene(test)
  const primaryId = scene.accountId
  const admin = await signInAs(test, { accountId: primaryId, role: 'administrator' })
  const managed = [
    await createAccount(test, { primaryAccountId: primaryId }),
    await createAccount(test, { primaryAccountId: primaryId }),
  ] as const
  const all = await test.db.accountGroup.findFirstOrThrow({
    where: { primaryAccountId: primaryId, isDefault: true },
  })

  async function createGroup(name: string, accountIds: readonly string[] = []): Promise<AccountGroupView> {
    const answer = await admin.call('POST', '/account-groups', { body: { name } })
    if (answer.statusCode !== 201) throw new Error(`No group: ${answer.body}`)
    const group = answer.json<AccountGroupView>()
    if (accountIds.length > 0) {
      await admin.call('POST', `/account-groups/${group.id}/accounts`, { body: { accountIds } })
    }
    return group
  }
  const share = (groupId: string, ...packIds: string[]) =>
    admin.call('POST', `/account-groups/${groupId}/integration-packs`, { body: { packIds } })
  const unshare = (groupId: string, ...packIds: string[]) =>
    admin.call('POST', `/account-groups/${groupId}/pack-removals`, { body: { packIds } })
  return { ...scene, primaryId, admin, managed, all, createGroup, share, unshare }
}

export type GroupScene = Awaited<ReturnType<typeof createGroupScene>>

/** What was answered in place of what was asked for. */
export const refusalOf = async (
  answer: Promise<{ statusCode: number; body: string }>,
): Promise<{ status: number; code: string; message: string }> => {
  const { statusCode: status, body } = await answer
  const { code, message } = problem.parse(JSON.parse(body))
  return { status, code, message }
}
