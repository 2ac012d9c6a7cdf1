import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { installationPage } from './fixtures/installation-page.ts'
import { test } from './fixtures/managed-account.ts'
import { expectSoundPage } from './fixtures/sound-page.ts'

test('an environment kept to a role says so in place of what cannot be done there', async ({
  scene,
  managed,
  db,
}) => {
  const component = await scene.addComponent()
  const pack = await scene.addPack({ components: [component] })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  await managed.share(pack.id)
  const { page, accountId } = managed
  const main = page.getByRole('main')
  const kept = await managed.addEnvironment('Kitchen')
  const { id: atomId } = await managed.addAtom(kept.id, { name: 'oven' })
  const { id: installationId } = await managed.install(pack.id, [kept.id])
  await managed.addEnvironment('Pantry')
  const why = 'The environment “Kitchen” is kept to the role Support.'

  await test.step('without a role it is open, and shows what is deployed by itself', async () => {
    const own = await db.component.create({ data: { accountId, name: 'Menu sync', type: 'process' } })
    const content = await db.content.create({ data: { sha256: '0', size: 1, mediaType: 'text/plain' } })
    const revision = await db.componentRevision.create({
      data: { componentId: own.id, revision: 1, contentId: content.id },
    })
    const { id: packageId } = await db.packagedComponent.create({
      data: {
        accountId,
        componentId: own.id,
        revisionId: revision.id,
        ordinal: 1,
        version: '1.0',
        componentName: own.name,
        componentType: own.type,
      },
    })
    await db.deployment.create({
      data: {
        accountId,
        environmentId: kept.id,
        componentId: own.id,
        packageId,
        version: 1,
        deployedAt: new Date(),
        deployedByName: 'Olga Brandt',
      },
    })
    await page.goto(`/atom-management/environments/${kept.id}`)
    await expect(main.getByRole('button', { name: 'Rename' })).toBeVisible()
    await expect(main).toContainText('Every role with the privileges')
    const row = main
      .getByRole('table', { name: 'Packages deployed to Kitchen' })
      .getByRole('row', { name: 'Menu sync' })
    await expect(row).toContainText('1.0')
    await expect(row.getByRole('list', { name: 'Menu sync on its Atoms' })).toContainText('oven')
  })

  const { id: roleId } = await db.role.findFirstOrThrow({ where: { defaultRole: 'support' } })
  await db.environmentRole.create({ data: { environmentId: kept.id, roleId } })

  await test.step('its own page and that of its Atom', async () => {
    await page.goto(`/atom-management/environments/${kept.id}`)
    await expect(main).toContainText(why)
    await expect(main.getByRole('definition').filter({ hasText: /^Support$/ })).toBeVisible()
    await expect(main.getByRole('button', { name: 'Rename' })).toHaveCount(0)
    await expectSoundPage(page, 'a kept environment')
    await expectAccessible(page, 'a kept environment')
    await page.goto(`/atom-management/atoms/${atomId}`)
    await expect(main).toContainText(why)
    await expect(main.getByRole('combobox', { name: 'Attach to environment' })).toHaveCount(0)
    await expectAccessible(page, 'an Atom in a kept environment')
  })

  await test.step('attaching and detaching', async () => {
    const deploy = installationPage(page)
    await deploy.open(installationId)
    await expect(deploy.option(deploy.attached, 'Kitchen')).toContainText('Kept to other roles')
    await deploy.option(deploy.attached, 'Kitchen').click()
    await expect(page.getByRole('button', { name: 'Unattach Selected >>' })).toBeDisabled()
    await expect(main).toContainText(why)
    await expectAccessible(page, 'an attachment to a kept environment')
  })
})

test('with legacy deployment packs are attached to Atoms', async ({ scene, managed, db }) => {
  const component = await scene.addComponent()
  const pack = await scene.addPack({ components: [component] })
  await scene.release(pack.id, [{ component, version: '1.0' }])
  await managed.share(pack.id)
  const { page, accountId } = managed
  const main = page.getByRole('main')
  await db.account.update({ where: { id: accountId }, data: { legacyDeployment: true } })
  const kitchen = await managed.addEnvironment('Kitchen')
  const { id: atomId } = await managed.addAtom(kitchen.id, { name: 'oven' })
  await managed.api.call('editAtom', { params: { atomId }, body: { environmentId: null } })
  const { id: installationId } = await managed.install(pack.id)

  await page.goto(`/installations/${installationId}`)
  const unattached = page.getByRole('listbox', { name: 'Unattached Environments and Atoms' })
  await expect(unattached.getByRole('option')).toHaveText([/^Kitchen/, /^oven.*Atom/])
  await unattached.getByRole('option', { name: /^oven/ }).click()
  await page.getByRole('button', { name: '<< Attach Selected' }).click()
  const attached = page.getByRole('listbox', { name: 'Attached Environments and Atoms', exact: true })
  await expect(attached.getByRole('option')).toHaveText([/^oven.*Atom/])
  await expectSoundPage(page, 'attached to an Atom')
  await expectAccessible(page, 'attached to an Atom')

  await page.goto(`/atom-management/atoms/${atomId}`)
  await expect(main).toContainText('In none; integration packs are attached to it itself')
  await page.getByRole('link', { name: 'View Integration Pack' }).click()
  await expect(main).toContainText('These are attached to this Atom itself.')
  await expect(main.getByRole('list', { name: /on its Atoms$/ })).toContainText('Active')
})
