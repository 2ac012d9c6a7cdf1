import { expect, type Page } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { createPerson, signInByCookie } from './fixtures/people.ts'
import { expectSoundPage } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'
import { isSigned, startReceiver } from './fixtures/webhook-receiver.ts'

const log = (page: Page) => page.getByRole('table', { name: 'Deliveries' })
const address = '/settings/account/webhooks'

test('an administrator sets up a webhook, sees it fail, mends it, and hears of a release', async ({
  page,
  context,
  db,
  scene,
  browserConsole,
}) => {
  test.setTimeout(120_000)
  browserConsole.expect(/status of 422/)
  const component = await scene.addComponent({ versions: ['1.0'] })
  const pack = await scene.addPack({ components: [component] })
  const admin = await createPerson(db, { accountId: scene.manager.accountId, role: 'administrator' })
  const receiver = await startReceiver()
  await context.clearCookies()
  await signInByCookie(context, admin)

  const secret = await test.step('create it and copy the secret', async () => {
    await page.goto(address)
    await page.getByRole('button', { name: 'Create Webhook' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Address').fill('hooks')
    await dialog.getByRole('button', { name: 'Create Webhook' }).click()
    await expect(dialog.getByRole('alert').first()).toContainText('Enter the whole address')
    await dialog.getByLabel('Address').fill(receiver.url)
    await dialog.getByLabel('Description').fill('Release channel')
    await dialog.getByRole('checkbox', { name: 'release.released' }).check()
    await dialog.getByRole('button', { name: 'Create Webhook' }).click()
    const shown = await dialog.locator('code', { hasText: /^whsec_/ }).textContent()
    await dialog.getByRole('button', { name: 'I have copied it' }).click()
    return shown ?? ''
  })

  await test.step('a test event that fails says why', async () => {
    receiver.answerWith(500)
    await page.getByRole('link', { name: receiver.url }).click()
    await expect(page.getByText('Nothing was sent yet.')).toBeVisible()
    await page.getByRole('button', { name: 'Send a test event' }).click()
    await expect(log(page).getByText('Will be tried again')).toBeVisible()
    await expect(log(page).getByText('The address answered 500;')).toBeVisible()
    await expect(page.getByText('Calls to this address are failing.')).toBeVisible()
  })

  await test.step('sent again, it arrives under the same id, signed', async () => {
    receiver.answerWith(202)
    await log(page).getByRole('button', { name: 'webhook.test' }).click()
    const panel = page.getByRole('dialog', { name: 'webhook.test' })
    await expect(panel.getByText('answered with 500')).toBeVisible()
    await panel.getByRole('button', { name: 'Send again' }).click()
    await expect(panel.getByText('Delivered')).toBeVisible()
    await page.keyboard.press('Escape')
    const ids = new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
    expect(ids.size).toBe(1)
    for (const message of receiver.received) expect(isSigned(message, secret)).toBe(true)
  })

  await test.step('a release is told', async () => {
    await scene.release(pack.id, [{ component, version: '1.0' }])
    await expect
      .poll(() => receiver.received.map(({ body }) => body).join())
      .toContain('"type": "release.released"')
  })

  await test.step('paused, it is not called', async () => {
    await page.getByRole('button', { name: 'Pause' }).click()
    await expect(page.getByText('This webhook is paused')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Send a test event' })).toHaveAccessibleDescription(
      'Resume the webhook to send a test event.',
    )
  })

  await test.step('paused by itself, it is found under the bell', async () => {
    receiver.answerWith(410)
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Send a test event' }).click()
    await expect(page.getByText('This webhook was paused because its address answered 410')).toBeVisible()
    const bell = page.getByRole('banner').getByRole('button', { name: /^Notices/ })
    await expect(bell).toHaveAccessibleName(/unread/, { timeout: 20_000 })
    await page.goto('/notices')
    const notice = page
      .getByRole('list', { name: 'Notices' })
      .getByRole('listitem')
      .filter({ hasText: 'A webhook is paused' })
    await expect(notice).toContainText(`Packline has stopped calling ${receiver.url}`)
    await expectAccessible(page, 'the notice of a paused webhook')
    // Its whole row leads to the webhook.
    await notice.click()
    await expect(page).toHaveURL(new RegExp(`${address}/`))
  })
  await receiver.stop()
})

test('every state is accessible, and fits a phone', async ({ page, context, db, scene }) => {
  test.setTimeout(180_000)
  const admin = await createPerson(db, { accountId: scene.manager.accountId, role: 'administrator' })
  await context.clearCookies()
  const api = await signInByCookie(context, admin)
  const look = async (state: string) => {
    await expectSoundPage(page, state)
    await expectAccessible(page, state)
  }
  await page.goto(address)
  await expect(page.getByText('No address is called yet')).toBeVisible()
  await look('no webhooks')

  await page.getByRole('button', { name: 'Create Webhook' }).click()
  await expect(page.getByRole('dialog').getByLabel('Address')).toBeVisible()
  await expectAccessible(page, 'the dialog')
  await page.keyboard.press('Escape')

  const { webhook } = await api.call<{ webhook: { id: string } }>('createWebhook', {
    body: { url: 'http://nobody.invalid/hook', events: ['release.late'], description: 'Nobody answers' },
  })
  await api.call('sendWebhookTest', { params: { webhookId: webhook.id } })
  await page.goto(`${address}/${webhook.id}`)
  await expect(log(page).getByText('Will be tried again')).toBeVisible()
  await page.setViewportSize({ width: 320, height: 800 })
  await expect(page.getByRole('heading', { level: 1, name: 'nobody.invalid' })).toBeVisible()
  await look('failing, on a phone')
  await log(page).getByRole('button', { name: 'webhook.test' }).click()
  await expect(page.getByRole('button', { name: 'Send again' })).toBeVisible()
  await expectAccessible(page, 'a delivery')
})

test('by keyboard alone: create, copy, test, delete', async ({ page, context, db, scene }) => {
  test.setTimeout(120_000)
  const admin = await createPerson(db, { accountId: scene.manager.accountId, role: 'administrator' })
  const receiver = await startReceiver()
  await context.clearCookies()
  await signInByCookie(context, admin)
  const keys = keyboard(page)
  await page.goto(address)
  await keys.use(page.getByRole('button', { name: 'Create Webhook' }))
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Address')).toBeFocused()
  await keys.type(receiver.url)
  await keys.use(dialog.getByRole('checkbox', { name: 'release.failed' }), 'Space')
  await keys.use(dialog.getByRole('button', { name: 'Create Webhook' }))
  await keys.use(dialog.getByRole('button', { name: 'I have copied it' }))
  await expect(dialog).toBeHidden()

  await keys.use(page.getByRole('link', { name: receiver.url }))
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await keys.use(page.getByRole('button', { name: 'Send a test event' }))
  await expect(log(page).getByText('Delivered')).toBeVisible()
  await keys.use(log(page).getByRole('button', { name: 'webhook.test' }))
  await expect(page.getByRole('dialog', { name: 'webhook.test' })).toBeVisible()
  await keys.press('Escape')
  await expect(log(page).getByRole('button', { name: 'webhook.test' })).toBeFocused()

  await keys.use(page.getByRole('button', { name: 'Delete Webhook' }))
  await keys.use(page.getByRole('dialog').getByRole('button', { name: 'Delete Webhook' }))
  await expect(page.getByText('No address is called yet')).toBeVisible()
  await receiver.stop()
})

test('nobody without Account Administration sees webhooks, and is told what it takes', async ({
  page,
  context,
  scene,
}) => {
  await signInByCookie(context, scene.manager)
  await page.goto(address)
  await expect(page.getByText('Seeing webhooks needs the privilege Account Administration.')).toBeVisible()
  await expect(page.getByRole('link', { name: 'Webhooks' })).toBeHidden()
})
