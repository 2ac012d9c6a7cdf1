import { expect, type Page } from '@playwright/test'
import { goOffline } from './fixtures/offline.ts'
import { packPage } from './fixtures/pack-page.ts'
import { openBrowserOf } from './fixtures/people.ts'
import { releaseWizard } from './fixtures/release-wizard.ts'
import type { Scene } from './fixtures/scene.ts'
import { signIn } from './fixtures/sign-in.ts'
import { expectSoundAtEachWidth } from './fixtures/sound-page.ts'
import { test } from './fixtures/test.ts'

/** A pack released once, with a newer version of its component waiting, and the wizard open at its second step. */
async function openSecondStep(page: Page, scene: Scene) {
  const orders = await scene.addComponent({ versions: ['1.0'] })
  const pack = await scene.addPack({ components: [orders] })
  await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  await scene.addVersion(orders, '2.0')
  const wizard = releaseWizard(page)
  await page.goto(`/integration-packs/${pack.id}/release`)
  await wizard.next.click()
  await expect(wizard.selectSchedule).toBeVisible()
  return { orders, pack, wizard }
}

const countReleases = (scene: Scene, packId: string) => scene.db.release.count({ where: { packId } })

test('a double click on the button that confirms makes one release', async ({ page, scene }) => {
  const { pack, wizard } = await openSecondStep(page, scene)
  await wizard.release.dblclick()
  await expect(wizard.released).toBeVisible()
  expect(await countReleases(scene, pack.id)).toBe(2)
})

test('offline at the moment of confirming: said so, nothing lost, and trying again makes one release', async ({
  page,
  context,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/ERR_INTERNET_DISCONNECTED/)
  const { pack, wizard } = await openSecondStep(page, scene)
  await page.getByRole('textbox', { name: 'Release notes' }).fill('Written on a train.')
  await goOffline(page)
  await wizard.release.click()
  await expect(page.getByRole('alert')).toContainText(
    'Packline could not be reached while you confirmed this release',
  )
  expect(await countReleases(scene, pack.id)).toBe(1)

  await context.setOffline(false)
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await expect(wizard.released).toBeVisible()
  expect(await countReleases(scene, pack.id)).toBe(2)
  expect((await scene.getHistory(pack.id))[0]?.notes).toBe('Written on a train.')
})

test('the answer is lost on its way back: trying again, also after a reload, finds the release that was made', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/ERR_FAILED|ERR_CONNECTION/)
  const { pack, wizard } = await openSecondStep(page, scene)
  let isAnswerLost = true
  await page.route(`**/api/v1/integration-packs/${pack.id}/releases`, async (route) => {
    if (route.request().method() !== 'POST' || !isAnswerLost) return route.continue()
    isAnswerLost = false
    await route.fetch()
    return route.abort('failed')
  })
  await wizard.release.click()
  await expect(page.getByRole('alert')).toContainText('no answer came')
  await expectSoundAtEachWidth(page, 'no answer came')
  // The release is there, and nobody in the browser knows.
  expect(await countReleases(scene, pack.id)).toBe(2)

  await page.reload()
  await page.getByRole('alert').getByRole('button', { name: 'Try again' }).click()
  await expect(wizard.released).toBeVisible()
  expect(await countReleases(scene, pack.id)).toBe(2)
})

test('whoever leaves the page at once has clicked all the same', async ({ page, scene }) => {
  await page.goto('/settings/user')
  const reminder = page.getByRole('checkbox', { name: 'A release goes out within a day' })
  await reminder.evaluate((box: HTMLInputElement) => {
    // Every connection is busy, so that the choice still waits when the page goes.
    for (let count = 0; count < 12; count++) void fetch(`/api/v1/integration-packs?search=${count}`)
    box.click()
    location.assign('/notices')
  })
  await expect(page).toHaveURL('/notices')
  const chosen = () => scene.db.noticeMailOff.findMany({ where: { userId: scene.manager.userId } })
  await expect.poll(chosen).toEqual([{ userId: scene.manager.userId, kind: 'release.reminder' }])
})

test('the session ends in the middle: after signing in the draft is still there', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 401/)
  const { orders, pack, wizard } = await openSecondStep(page, scene)
  await page.getByRole('link', { name: 'Back', exact: true }).click()
  await scene.addVersion(orders, '3.0')
  await wizard.selectVersion(orders.name, '3.0')
  await wizard.next.click()
  await page.getByRole('textbox', { name: 'Release notes' }).fill('Not to be written twice.')

  await scene.db.session.deleteMany({ where: { userId: scene.manager.userId } })
  await wizard.release.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
  await signIn(page, scene.manager)

  await expect(wizard.selectSchedule).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Release notes' })).toHaveValue('Not to be written twice.')
  await wizard.release.click()
  await expect(wizard.released).toBeVisible()
  const [newest, ...before] = await scene.getHistory(pack.id)
  expect(before).toHaveLength(1)
  expect(newest).toMatchObject({ sequence: 2, notes: 'Not to be written twice.' })
  expect(newest?.changes[0]?.to?.version).toBe('3.0')
})

test('somebody else releases meanwhile: what changed is shown, and one chooses', async ({
  page,
  browser,
  baseURL,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 412/)
  const { orders, pack, wizard } = await openSecondStep(page, scene)
  const colleague = await scene.addPerson({ firstName: 'Cora', lastName: 'Winter' })
  const other = await openBrowserOf(browser, { baseURL, timezoneId: 'Europe/Berlin', person: colleague })
  const theirs = releaseWizard(other.page)
  await other.page.goto(`/integration-packs/${pack.id}/release?step=schedule`)
  await theirs.release.click()
  await expect(theirs.released).toBeVisible()
  await other.context.close()

  await scene.addVersion(orders, '3.0')
  await wizard.release.click()
  const conflict = page.getByRole('dialog', { name: 'This integration pack has changed meanwhile' })
  await expect(conflict).toContainText('Cora Winter has changed')
  await expect(conflict).toContainText('Release 2 is now current.')
  await expect(conflict).toContainText('Nothing was released.')
  await expectSoundAtEachWidth(page, 'a conflict in the wizard')
  expect(await countReleases(scene, pack.id)).toBe(2)

  await conflict.getByRole('button', { name: 'Take the newer state' }).click()
  await expect(wizard.selectVersions).toBeVisible()
  await expect(wizard.row(orders.name)).toContainText('update 2.0 → to 3.0')
  await wizard.next.click()
  await wizard.release.click()
  await expect(wizard.released).toBeVisible()
  expect(await countReleases(scene, pack.id)).toBe(3)
})

test('somebody else has changed the pack while its details are edited: nothing is overwritten unasked', async ({
  page,
  scene,
  browserConsole,
}) => {
  browserConsole.expect(/status of 412/)
  const { id, name } = await scene.addPack()
  const pack = packPage(page)
  await pack.open(id)
  await page.getByRole('button', { name: 'Edit Details' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit Integration Pack Details' })
  await dialog.getByRole('textbox', { name: /^Description/ }).fill('Mine')
  await scene.api.call('editPack', { params: { packId: id }, body: { name: `${name} renamed` } })

  await dialog.getByRole('button', { name: 'Save' }).click()
  const conflict = page.getByRole('dialog', { name: 'This integration pack has changed meanwhile' })
  await expect(conflict).toContainText(`Its name is now “${name} renamed”; it was “${name}”.`)
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('navigation', { name: 'Integration packs' })).toContainText('renamed')
  await expectSoundAtEachWidth(page, 'a conflict on the page of the pack')
  await conflict.getByRole('button', { name: 'Keep the newer state' }).click()
  await expect(page.getByRole('heading', { level: 2, name: `${name} renamed` })).toBeVisible()
  expect((await scene.getPack(id)).description).toBe('')
})

test('the draft survives reload, Back and a shared link', async ({ page, scene, context }) => {
  const { orders, pack, wizard } = await openSecondStep(page, scene)
  await page.goBack()
  await expect(wizard.selectVersions).toBeVisible()
  await wizard.next.click()
  await wizard.onDate.click()
  await expect(page).toHaveURL(/option=on-date/)
  const tomorrow = await page.getByText(/in Europe\/Berlin\. Today’s window has begun/).textContent()
  expect(tomorrow).not.toBeNull()

  await page.reload()
  await expect(wizard.onDate).toBeChecked()
  await page.getByRole('link', { name: 'Select Versions' }).click()
  await expect(wizard.selectVersions).toBeFocused()

  const shared = await context.newPage()
  await shared.goto(page.url())
  await expect(releaseWizard(shared).row(orders.name)).toContainText('update 1.0 → to 2.0')
  expect(new URL(shared.url()).pathname).toContain(pack.id)
})

test('every draft keeps notes of its own: those of a new release stay out of the scheduled one', async ({
  page,
  scene,
}) => {
  const { orders, pack, wizard } = await openSecondStep(page, scene)
  const notes = page.getByRole('textbox', { name: 'Release notes' })
  await notes.fill('For those who cannot wait.')
  const inAWeek = Temporal.Now.plainDateISO('Europe/Berlin').add({ days: 7 }).toString()
  await scene.schedule(pack.id, [{ component: orders, version: '2.0' }], inAWeek, 'Coming next week.')

  await scene.addVersion(orders, '3.0')
  const { current } = await scene.getPack(pack.id)
  await page.goto(`/integration-packs/${pack.id}/release?step=schedule&rollBackTo=${current?.id}`)
  await expect(notes).toHaveValue('')

  await packPage(page).open(pack.id)
  await packPage(page).scheduled.getByRole('link', { name: 'Change versions' }).click()
  await wizard.selectVersion(orders.name, '3.0')
  await wizard.next.click()
  await expect(notes).toHaveValue('Coming next week.')
  await wizard.schedule.click()
  await expect(wizard.scheduled).toBeVisible()
  expect((await scene.getPack(pack.id)).scheduled?.notes).toBe('Coming next week.')

  await page.goto(`/integration-packs/${pack.id}/release?step=schedule`)
  await expect(notes).toHaveValue('For those who cannot wait.')
})
