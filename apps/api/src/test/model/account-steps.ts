import { expect } from 'vitest'
import { applyEarly, attach, detach, install, type PackLife, scheduledIn, standing } from './pack-life.ts'
import { consumerOf, environmentOf, installationIdOf, type RealPackLife } from './real-pack-life.ts'
import { type Answer, expectAnswer, type Step, step } from './step.ts'

export const suspend = (account: number, isSuspended: boolean) =>
  step(`account ${account} is ${isSuspended ? 'suspended' : 'active again'}`, async (life, real) => {
    const { accountId } = consumerOf(real, account).consumer
    const status = isSuspended ? 'suspended' : 'active'
    await real.app.db.account.update({ where: { id: accountId }, data: { status } })
    const model = life.accounts[account]
    if (model) model.isSuspended = isSuspended
  })

/** A step of an account's operator: a suspended account's is refused whatever it is. */
const byOperator = (
  name: string,
  account: number,
  request: (real: RealPackLife) => Promise<{ method: 'POST' | 'DELETE'; path: string; body?: object }>,
  then: (life: PackLife, model: PackLife['accounts'][number], answer: Answer) => void,
) =>
  step(`account ${account}: ${name}`, async (life, real) => {
    const { method, path, body } = await request(real)
    const { call } = consumerOf(real, account).consumer
    const answer = await call(method, path, body && { body })
    const model = life.accounts[account]
    if (!model) throw new Error(`There is no account ${account}`)
    if (model.isSuspended) return expectAnswer(answer, { status: 403, code: 'account-suspended' })
    then(life, model, answer)
  })

export const installPack = (account: number) =>
  byOperator(
    'install',
    account,
    async ({ scene }) => ({ method: 'POST', path: '/installations', body: { packId: scene.pack.id } }),
    (life, model, answer) => {
      if (model.installation) return expectAnswer(answer, { status: 409, code: 'already-installed' })
      expectAnswer(answer, { status: 201 })
      model.installation = install(life)
    },
  )

export const uninstallPack = (account: number) =>
  byOperator(
    'uninstall',
    account,
    async (real) => ({ method: 'DELETE', path: `/installations/${await installationIdOf(real, account)}` }),
    (_life, model, answer) => {
      expect([200, 204, 404]).toContain(answer.statusCode)
      expect(answer.statusCode === 404).toBe(model.installation === undefined)
      model.installation = undefined
    },
  )

export const attachTo = (account: number, environment: number) =>
  byOperator(
    `attach to environment ${environment}`,
    account,
    async (real) => ({
      method: 'POST',
      path: `/installations/${await installationIdOf(real, account)}/attachments`,
      body: { environmentIds: [environmentOf(real, account, environment)] },
    }),
    (life, { installation }, answer) => {
      if (!installation) return expectAnswer(answer, { status: 404 })
      if (installation.attached[environment])
        return expectAnswer(answer, { status: 409, code: 'already-attached' })
      expect(answer.statusCode, answer.body).toBeLessThan(300)
      attach(life, installation, environment)
    },
  )

export const detachFrom = (account: number, environment: number) =>
  byOperator(
    `detach from environment ${environment}`,
    account,
    async (real) => ({
      method: 'POST',
      path: `/installations/${await installationIdOf(real, account)}/detachments`,
      body: { environmentIds: [environmentOf(real, account, environment)] },
    }),
    (_life, { installation }, answer) => {
      if (!installation) return expectAnswer(answer, { status: 404 })
      if (!installation.attached[environment])
        return expectAnswer(answer, { status: 409, code: 'not-attached' })
      expect(answer.statusCode, answer.body).toBeLessThan(300)
      detach(installation, environment)
    },
  )

export const applyIn = (account: number, environment: number) =>
  byOperator(
    `apply in environment ${environment}`,
    account,
    async (real) => ({
      method: 'POST',
      path: `/environments/${environmentOf(real, account, environment)}/updates`,
      body: {},
    }),
    (life, model, answer) => {
      const scheduled = scheduledIn(life)
      if (standing(life, model, environment) === 'offered' && scheduled) {
        expect(answer.json()).toMatchObject({ results: [{ kind: 'applied' }] })
        return applyEarly(model, environment, scheduled.sequence)
      }
      expect(answer.body).not.toContain('"applied"')
    },
  )

/** Detached and at once attached again, which by chance alone would seldom happen within a testing period. */
export const reattachTo = (account: number, environment: number): Step => ({
  check: () => true,
  run: async (life, real) => {
    for (const one of [detachFrom(account, environment), attachTo(account, environment)])
      await one.run(life, real)
  },
  toString: () => `account ${account}: detach from environment ${environment} and attach again`,
})
