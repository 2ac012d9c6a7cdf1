import type { RolloutPage } from '@packline/contract/rollout.ts'
import { expect } from '@playwright/test'
import { environmentPage } from './fixtures/environment-page.ts'
import { installationPage } from './fixtures/installation-page.ts'
import { type ManagedAccount, test } from './fixtures/managed-account.ts'
import { openBrowserOf } from './fixtures/people.ts'
import type { Scene } from './fixtures/scene.ts'

const texts = { '1.0': 'orders as they were', '2.0': 'orders with discounts', '3.0': 'orders in bulk' }

/** A pack in its first release, installed in the account and running in Production. */
async function runFirstRelease(scene: Scene, managed: ManagedAccount) {
  const component = await scene.addComponent({
    versions: Object.entries(texts).map(([version, text]) => ({ version, text })),
  })
  const pack = await scene.addPack({ components: [component] })
  const releaseOf = (version: keyof typeof texts) => scene.release(pack.id, [{ component, version }])
  const first = await releaseOf('1.0')
  await managed.share(pack.id)
  const production = await managed.addEnvironment('Production')
  const installation = await managed.install(pack.id, [production.id])
  const { attachmentId } = await managed.getRow(production.id)
  return { component, pack, first, releaseOf, production, installation, attachmentId }
}

test('with Read Access everything is to be seen, and why it cannot be applied', async ({
  scene,
  managed,
  browser,
  baseURL,
}) => {
  const { pack, component, production } = await runFirstRelease(scene, managed)
  await managed.api.call('addAtom', { body: { name: 'kitchen', environmentId: production.id } })
  await scene.schedule(pack.id, [{ component, version: '2.0' }], inAWeek())
  const reader = await managed.addPerson({ privileges: ['atom-management-read-access'], firstName: 'Ivo' })
  const { context, page, api } = await openBrowserOf(browser, {
    baseURL,
    timezoneId: 'Europe/Berlin',
    person: reader,
  })
  const updates = environmentPage(page)
  await updates.open(production.id)
  await updates.expectVersions(pack.name, ['1', '2'])
  await expect(updates.table).toContainText(/Orders to ERP\s*update 1\.0/)
  await expect(updates.applyButton).toHaveCount(0)
  await expect(
    page.getByText('Applying pending updates needs the privilege Atom Management.', { exact: false }),
  ).toBeVisible()
  await expect(page.getByRole('button', { name: /^(Add Atom|Create Environment|Rename)$/ })).toHaveCount(0)

  const refused = await api.ask('applyUpdates', { params: { environmentId: production.id }, body: {} })
  expect(refused.status()).toBe(403)
  expect((await managed.getRow(production.id)).versionNumber).toBe(1)
  await context.close()
})

test('a pack that is no longer shared keeps running and gets no further release', async ({
  scene,
  managed,
}) => {
  const { pack, first, releaseOf, production, installation, attachmentId } = await runFirstRelease(
    scene,
    managed,
  )
  const staging = await managed.addEnvironment('Staging')
  const atom = await managed.addAtom(production.id)
  await atom.expectActive(attachmentId, { releaseId: first, texts: [texts['1.0']] })

  await managed.unshare(pack.id)
  await releaseOf('2.0')
  const deploy = installationPage(managed.page)
  const updates = environmentPage(managed.page)
  await updates.open(production.id)
  await updates.expectVersions(pack.name, ['1', ''])
  await expect(updates.table).toContainText('The publisher no longer shares this integration pack')
  await atom.expectActive(attachmentId, { releaseId: first, texts: [texts['1.0']] })

  await deploy.openBrowse()
  await expect(deploy.browse).toContainText('No publisher shares an integration pack with this account yet.')
  await deploy.open(installation.id)
  await expect(managed.page.getByRole('main')).toContainText('It keeps running its release')
  await deploy.option(deploy.unattached, 'Staging').click()
  await expect(managed.page.getByRole('button', { name: '<< Attach Selected' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  const refused = await managed.api.ask('attach', {
    params: { installationId: installation.id },
    body: { environmentIds: [staging.id] },
  })
  expect(await refused.json()).toMatchObject({ code: 'no-longer-shared' })

  await managed.share(pack.id)
  const third = await releaseOf('3.0')
  await atom.expectActive(attachmentId, { releaseId: third, texts: [texts['3.0']] })
  // It counts what was delivered to it: the release in between was not.
  expect(await managed.getRow(production.id)).toMatchObject({ state: 'on-current', versionNumber: 2 })
})

test('a suspended account stands still and catches up when it is active again', async ({
  scene,
  managed,
  db,
}) => {
  const { first, releaseOf, production, attachmentId } = await runFirstRelease(scene, managed)
  const atom = await managed.addAtom(production.id)
  await atom.expectActive(attachmentId, { releaseId: first, texts: [texts['1.0']] })

  await managed.setStatus('suspended')
  const second = await releaseOf('2.0')
  const { rows } = await scene.api.call<RolloutPage>('getRollout', { params: { releaseId: second } })
  expect(rows).toMatchObject([{ accountId: managed.accountId, state: 'suspended' }])
  await expect(async () => {
    await atom.expectActive(attachmentId, { releaseId: first, texts: [texts['1.0']] })
    expect(
      await db.delivery.findFirst({ where: { attachmentId, releaseId: second, state: 'ACTIVE' } }),
    ).toBeNull()
  }).toPass()

  await managed.setStatus('active')
  await atom.expectActive(attachmentId, { releaseId: second, texts: [texts['2.0']] })
  await expect
    .poll(async () => (await managed.getRow(production.id)).deliveries.map(({ state }) => state))
    .toEqual(['ACTIVE'])
})

test('a pack of type Single Attachment is installed once', async ({ scene, managed }) => {
  const { pack } = await runFirstRelease(scene, managed)
  const { browse, openBrowse } = installationPage(managed.page)
  await openBrowse()
  await expect(browse.getByRole('listitem').filter({ hasText: pack.name })).toContainText('Installed')
  await browse.getByRole('button', { name: `View ${pack.name}` }).click()
  const install = browse.getByRole('button', { name: 'Install', exact: true })
  await expect(install).toHaveAttribute('aria-disabled', 'true')
  await expect(install).toHaveAccessibleDescription(/installed/i)

  const refused = await managed.api.ask('install', { body: { packId: pack.id } })
  expect(refused.status()).toBe(409)
  expect(await refused.json()).toMatchObject({ code: 'already-installed' })
})

test('an Atom killed in the middle of a download goes on where it was', async ({ scene, managed }) => {
  test.setTimeout(90_000)
  const { component, pack, first, production, attachmentId } = await runFirstRelease(scene, managed)
  const atom = await managed.addAtom(production.id, { slowBytesPerSecond: 40_000 })
  await atom.expectActive(attachmentId, { releaseId: first, texts: [texts['1.0']] })

  const large = 'orders in bulk '.repeat(20_000)
  await scene.addVersion(component, { version: '4.0', text: large })
  const second = await scene.release(pack.id, [{ component, version: '4.0' }])
  await expect.poll(() => atom.partialBytes(), { timeout: 30_000 }).toBeGreaterThan(40_000)
  await atom.kill()
  const fetched = await atom.partialBytes()
  expect(fetched).toBeLessThan(large.length)
  // Half a release never runs.
  await atom.expectActive(attachmentId, { releaseId: first, texts: [texts['1.0']] })

  atom.start({ isSlow: false })
  await atom.expectActive(attachmentId, { releaseId: second, texts: [large] })
  await expect
    .poll(async () => (await managed.getRow(production.id)).deliveries)
    .toMatchObject([{ state: 'ACTIVE', totalBytes: large.length }])
})

const inAWeek = () => Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
