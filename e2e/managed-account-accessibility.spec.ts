import type { AddedAtom } from '@packline/contract/atoms.ts'
import { expect } from '@playwright/test'
import { expectAccessible, schemesAt } from './fixtures/accessible.ts'
import { environmentPage } from './fixtures/environment-page.ts'
import { installationPage } from './fixtures/installation-page.ts'
import { type ManagedAccount, test } from './fixtures/managed-account.ts'
import { openBrowserOf } from './fixtures/people.ts'
import type { Scene } from './fixtures/scene.ts'
import { scriptedAtom } from './fixtures/scripted-atom.ts'
import { expectNoSidewaysScroll, expectSoundPage } from './fixtures/sound-page.ts'

const packName = 'Order to Cash with a name as long as publishers give them'

/**
 * A pack in its testing period in environments of every kind: offered while it is being fetched, applied early and
 * failed, attached again after that, without an Atom; one no longer shared, and one to install several times.
 */
async function createEveryState(scene: Scene, managed: ManagedAccount, baseURL: string | undefined) {
  const component = await scene.addComponent({ versions: ['1.0', '2.0'] })
  const addPack = async (name: string, type: 'SINGLE' | 'MULTI' = 'SINGLE') => {
    const { id } = await scene.addPack({ name, type, components: [component], description: 'All of it.' })
    const release = await scene.release(id, [{ component, version: '1.0' }])
    await managed.share(id)
    return { id, release }
  }
  const single = await addPack(packName)
  const several = await addPack('Several of it', 'MULTI')
  const unshared = await addPack('Kept for now')

  const addPlace = async (name: string) => {
    const { id } = await managed.addEnvironment(name)
    const body = { name: `atom-of-${name.toLowerCase()}`, environmentId: id }
    const atom = await scriptedAtom(baseURL, await managed.api.call<AddedAtom>('addAtom', { body }))
    return { id, atom }
  }
  const production = await addPlace('Production')
  const staging = await addPlace('Staging')
  const warehouse = await addPlace('Warehouse')
  const bare = await managed.addEnvironment('Bare')
  const { id: installationId } = await managed.install(
    single.id,
    [production, staging, warehouse, bare].map(({ id }) => id),
  )
  const kept = await managed.install(unshared.id, [bare.id])
  await managed.unshare(unshared.id)

  const { attachmentId } = await managed.getRow(production.id)
  await production.atom.report({
    attachmentId,
    releaseId: single.release,
    state: 'DOWNLOADING',
    progressBytes: 400,
    totalBytes: 1_000,
  })
  const second = await scene.schedule(single.id, [{ component, version: '2.0' }], inAWeek())
  for (const { id: environmentId } of [staging, warehouse]) {
    await managed.api.call('applyUpdates', { params: { environmentId }, body: {} })
  }
  await staging.atom.report({
    attachmentId: (await managed.getRow(staging.id)).attachmentId,
    releaseId: second,
    state: 'FAILED',
    cause: 'The disk of this machine is full. Free some space; it is tried again by itself.',
  })
  for (const act of ['detach', 'attach'] as const) {
    await managed.api.call(act, { params: { installationId }, body: { environmentIds: [warehouse.id] } })
  }

  const packsOf = ({ id }: { id: string }) => `/atom-management/environments/${id}/integration-packs`
  return {
    production,
    bare,
    installationId,
    rollout: `/integration-packs/${single.id}/releases/${second}/rollout`,
    atomAddress: `/atom-management/atoms/${production.atom.id}`,
    pages: {
      'an installed pack': `/installations/${installationId}`,
      'a pack no longer shared': `/installations/${kept.id}`,
      'browsing packs': '/installations?browse=all',
      'browsing a pack that is installed': `/installations?browse=${single.id}`,
      'browsing a pack to install': `/installations?browse=${several.id}`,
      'Atom Management': '/atom-management',
      'environment properties': `/atom-management/environments/${production.id}`,
      'an update offered': packsOf(production),
      'an update applied early that failed': packsOf(staging),
      'attached again after an early apply': packsOf(warehouse),
      'an environment without Atom': packsOf(bare),
      'an Atom': `/atom-management/atoms/${production.atom.id}`,
      'the packs of an Atom': `/atom-management/atoms/${production.atom.id}/integration-packs`,
    },
  }
}

const widths = { wide: { width: 1280, height: 900 }, narrow: { width: 320, height: 640 } }

for (const [name, viewport] of Object.entries(widths)) {
  test.describe(`${name}, ${viewport.width} px`, () => {
    test.use({ viewport })
    const schemes = schemesAt(viewport.width)

    test('every page of the managed account', async ({
      page: publisherPage,
      scene,
      managed,
      browser,
      baseURL,
    }) => {
      test.setTimeout(180_000)
      const { page } = managed
      for (const address of ['/installations', '/installations?browse=all', '/atom-management']) {
        await page.goto(address)
        await expectSoundPage(page, `empty ${address}`)
        await expectAccessible(page, `empty ${address}`, schemes)
      }
      const { pages, production, rollout } = await createEveryState(scene, managed, baseURL)
      for (const [state, address] of Object.entries(pages)) {
        await page.goto(address)
        await expectSoundPage(page, state)
        await expectAccessible(page, state, schemes)
      }

      await publisherPage.goto(rollout)
      // It keeps a connection open to hear of changes, so the network is never idle there.
      await expect(publisherPage.getByRole('row', { name: 'The disk of this machine is full' })).toBeVisible()
      await expectNoSidewaysScroll(publisherPage, 'the rollout')
      await expectAccessible(publisherPage, 'the rollout', schemes)

      const reader = await managed.addPerson({ privileges: ['atom-management-read-access'] })
      const other = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: reader })
      await other.page.setViewportSize(viewport)
      await environmentPage(other.page).open(production.id)
      await expectSoundPage(other.page, 'Read Access')
      await expectAccessible(other.page, 'Read Access', schemes)
      await other.context.close()
    })

    test('every dialog of the managed account', async ({ scene, managed, baseURL }) => {
      test.setTimeout(180_000)
      const { page } = managed
      const { pages, production, bare, installationId, atomAddress } = await createEveryState(
        scene,
        managed,
        baseURL,
      )
      const look = async (dialog: string | RegExp, state: string) => {
        await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
        await expectSettled(state)
      }
      const expectSettled = async (state: string) => {
        await expect(page.locator('[aria-busy="true"]'), state).toHaveCount(0)
        await expectAccessible(page, state, schemes)
        await expectNoSidewaysScroll(page, state)
      }
      const leave = async () => {
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      }
      const open = async (address: string, button: string, dialog: string | RegExp) => {
        await page.goto(address)
        await page.getByRole('main').getByRole('button', { name: button, exact: true }).first().click()
        await look(dialog, button)
      }

      const deploy = installationPage(page)
      await deploy.open(installationId)
      await deploy.askToDetach('Staging')
      await expect(deploy.detachDialog).toContainText('Unattaching loses it.')
      await look(/^Unattach /, 'detaching what was applied early')
      await leave()
      await open(pages['an installed pack'], 'Uninstall this integration pack', /^Uninstall /)
      await leave()

      await page.goto(pages['browsing a pack to install'])
      await deploy.browse.getByText('Attach it in the same step').click()
      await deploy.browse.getByRole('option', { name: /^Bare / }).click()
      // What is scrolled under the title of a dialog has no background that could be measured.
      await deploy.browse.getByRole('button', { name: 'Back to All' }).scrollIntoViewIfNeeded()
      await expectSettled('environments to attach')
      await deploy.browse.getByRole('button', { name: 'Install', exact: true }).click()
      await expect(deploy.browse.getByRole('textbox', { name: /^Choose new process name/ })).toBeVisible()
      await expectSettled('choosing a name')
      await deploy.browse.getByRole('button', { name: 'Complete Installation' }).click()
      await expect(deploy.browse.getByRole('heading', { name: 'Installed' })).toBeVisible()
      await expectSettled('installed')

      await open('/atom-management', 'Create Environment', 'Create Environment')
      await leave()
      await open(pages['environment properties'], 'Rename', 'Rename the environment')
      await leave()
      await open(pages['environment properties'], 'Add Atom', 'Add Atom')
      const adding = page.getByRole('dialog', { name: 'Add Atom' })
      await adding.getByRole('textbox', { name: 'Name' }).fill('one more')
      await adding.getByRole('button', { name: 'Add Atom' }).click()
      await expect(adding).toContainText('Shown once.')
      await expectSettled('install command')
      await open(`/atom-management/environments/${bare.id}`, 'Delete Environment', /^Delete the environment/)
      await leave()
      await open(atomAddress, 'New install command', /^New install command/)
      await leave()
      await open(atomAddress, 'Remove Atom', /^Remove the Atom/)
      await leave()
      await open(atomAddress, 'Revoke atom-of-production-host', /^Revoke the node/)
      await leave()

      const updates = environmentPage(page)
      await updates.open(production.id)
      await updates.applyButton.click()
      await look(/^Apply pending updates/, 'asked whether to apply')
      await updates.applyDialog.getByRole('button', { name: 'OK' }).click()
      await expect(updates.result).toBeFocused()
      await expectSettled('applied')
    })
  })
}

test('what cannot be loaded says so, with a way to try again', async ({ scene, managed, baseURL }) => {
  test.setTimeout(120_000)
  managed.browserConsole.expect(/status of 503/)
  const { pages } = await createEveryState(scene, managed, baseURL)
  const context = managed.page.context()
  await context.route(/\/api\/v1\/(installations|environments|atoms|browse)/, (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/json',
      body: JSON.stringify({
        code: 'unexpected',
        message: 'Something went wrong here. Try again in a moment.',
        requestId: 'e2e-request-id',
      }),
    }),
  )
  // What fails is asked for a few times before it is given up, so all of them wait together.
  const failing = (['an installed pack', 'browsing packs', 'an update offered', 'an Atom'] as const).map(
    async (state) => {
      const tab = await context.newPage()
      await tab.goto(pages[state])
      const failure = tab.getByRole('alert').first()
      await expect(failure, state).toContainText('e2e-request-id', { timeout: 30_000 })
      await expect(failure.getByRole('button', { name: 'Try again' }), state).toBeVisible()
      return { state, tab }
    },
  )
  for (const { state, tab } of await Promise.all(failing)) {
    await tab.bringToFront()
    await expectSoundPage(tab, `failed: ${state}`)
    await expectAccessible(tab, `failed: ${state}`)
    await tab.close()
  }
})

const inAWeek = () => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
