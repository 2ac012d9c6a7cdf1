import { expect } from '@playwright/test'
import { environmentPage } from './fixtures/environment-page.ts'
import { keyboard } from './fixtures/keyboard.ts'
import { test } from './fixtures/managed-account.ts'

test('install, attach and apply a pending update without a mouse', async ({ scene, managed }) => {
  test.setTimeout(120_000)
  const component = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const pack = await scene.addPack({ components: [component] })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  await managed.share(pack.id)
  const production = await managed.addEnvironment('Production')
  await managed.addEnvironment('Staging')
  await managed.addAtom(production.id, { name: 'kitchen' })
  await scene.schedule(pack.id, [{ component, version: '2.0' }], inAWeek())

  const { page } = managed
  const keys = keyboard(page)
  const updates = environmentPage(page)

  await test.step('install it', async () => {
    await page.goto('/installations')
    const browse = page.getByRole('button', { name: 'Browse Integration Packs' })
    await keys.use(browse)
    const dialog = page.getByRole('dialog', { name: 'Browse Integration Packs' })
    await expect(dialog.getByLabel('Filter Integration Packs')).toBeFocused()
    await keys.press('Escape')
    await expect(dialog).toBeHidden()
    await expect(browse).toBeFocused()
    await keys.press('Enter')
    await keys.use(dialog.getByRole('button', { name: `View ${pack.name}` }))
    await expect(dialog.getByRole('heading', { name: pack.name })).toBeFocused()
    await keys.use(dialog.getByRole('button', { name: 'Install', exact: true }))
    await expect(dialog.getByRole('heading', { name: 'Installed' })).toBeFocused()
    await keys.use(dialog.getByRole('link', { name: 'Integration Packs' }))
    await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeFocused()
    await expect(page).toHaveTitle(`${pack.name} · Deploy Integration Packs · Packline`)
  })

  await test.step('attach it to one of two environments', async () => {
    const list = page.getByRole('listbox', { name: 'Unattached Environments' })
    await keys.tabTo(list)
    await keys.press('Space')
    await expect(list.getByRole('option', { name: /^Production / })).toHaveAttribute('aria-selected', 'true')
    await keys.press('ArrowDown')
    await expect(list.getByRole('option', { name: /^Staging / })).toHaveAttribute('aria-selected', 'false')
    const attach = page.getByRole('button', { name: '<< Attach Selected' })
    await keys.tabTo(attach, { backwards: true })
    await keys.press('Enter')
    await expect(
      page.getByRole('listbox', { name: 'Attached Environments', exact: true }).getByRole('option'),
    ).toHaveText([/^Production/])
    await expect(attach).toBeFocused()
  })

  await test.step('go where the update is pending', async () => {
    const places = page.getByRole('list', { name: 'Environments with a pending update' })
    await keys.tabTo(places.getByRole('link', { name: 'Production' }), { backwards: true })
    await keys.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Atom Management' })).toBeFocused()
    await expect(page).toHaveTitle('Production · Atom Management · Packline')
    await updates.expectVersions(pack.name, ['1', '2'])
  })

  await test.step('think twice, then apply it', async () => {
    await keys.use(updates.applyButton)
    const cancel = updates.applyDialog.getByRole('button', { name: 'Cancel' })
    await expect(cancel).toBeFocused()
    await keys.press('Escape')
    await expect(updates.applyDialog).toBeHidden()
    await expect(updates.applyButton).toBeFocused()
    await keys.press('Enter')
    await expect(cancel).toBeFocused()
    await keys.tabTo(updates.applyDialog.getByRole('button', { name: 'OK' }), { backwards: true })
    await keys.press('Enter')
    // The button is gone, so the focus is where it says what happened.
    await expect(updates.result).toBeFocused()
    await expect(updates.result).toContainText(`${pack.name} is on version 2 now.`)
    await updates.expectVersions(pack.name, ['2', ''])
    await expect(updates.applyButton).toBeHidden()
    await expect(updates.deliveries(pack.name)).toContainText(['Active'], { timeout: 30_000 })
  })
})

const inAWeek = () => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
