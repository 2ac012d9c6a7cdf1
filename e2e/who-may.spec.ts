import { expect } from '@playwright/test'
import { expectAccessible } from './fixtures/accessible.ts'
import { createAccount, createPerson, signInByCookie } from './fixtures/people.ts'
import { test } from './fixtures/test.ts'

const navigation = [
  'Build: Components',
  'Deploy: Packaged Components',
  'Deploy: Integration Packs',
  'Manage: Integration Packs',
  'Manage: Atom Management',
]

test('a release manager has every screen', async ({ page, scene }) => {
  await page.goto('/')
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText(navigation)
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('button', { name: /^Settings/ })
    .click()
  for (const name of ['User Information', 'Account Information and Setup'])
    await expect(page.getByRole('link', { name })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: `User menu of ${scene.manager.name}` })).toBeVisible()
})

test.describe('Production Support in a publisher account', () => {
  test('sees neither packs nor packages, and is told why at their addresses', async ({
    page,
    scene,
    context,
  }) => {
    const orders = await scene.addComponent({ versions: ['1.0'] })
    const pack = await scene.addPack({ components: [orders] })
    const operator = await scene.addPerson({ role: 'production-support' })
    await context.clearCookies()
    const api = await signInByCookie(context, operator)

    await page.goto('/')
    await expect(page.getByRole('heading', { level: 1, name: 'Atom Management' })).toBeVisible()
    await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
      'Deploy: Integration Packs',
      'Manage: Atom Management',
    ])

    const explained = [
      ['/integration-packs', 'Seeing integration packs needs the privilege Integration Pack.'],
      [`/integration-packs/${pack.id}`, 'Seeing integration packs needs the privilege Integration Pack.'],
      [
        `/integration-packs/${pack.id}/releases`,
        'Seeing integration packs needs the privilege Integration Pack.',
      ],
      [
        `/integration-packs/${pack.id}/releases/${pack.id}`,
        'Seeing releases needs the privilege Integration Pack.',
      ],
      [`/integration-packs/${pack.id}/release`, 'Releasing needs the privilege Integration Pack.'],
      ['/components', 'Seeing components needs the privilege Packaged Component Management.'],
      [`/components/${orders.id}`, 'Seeing components needs the privilege Packaged Component Management.'],
      [
        '/packaged-components',
        'Seeing packaged components needs the privilege Packaged Component Management.',
      ],
      [
        '/packaged-components/create',
        'Creating a packaged component needs the privilege Packaged Component Management.',
      ],
    ] as const
    for (const [address, sentence] of explained) {
      await page.goto(address)
      const main = page.getByRole('main')
      await expect(main.getByText(sentence), address).toBeVisible()
      await expect(main.getByText('Ask an administrator of this account.').first(), address).toBeVisible()
      // The reason stands in place of what cannot be used: no button and no link leads into a refusal.
      await expect(main.getByRole('button'), address).toHaveCount(0)
    }
    await expectAccessible(page, 'a screen that the role may not see')

    const refused = await Promise.all([
      api.ask('listPacks'),
      api.ask('getPack', { params: { packId: pack.id } }),
      api.ask('createPack', { body: { name: 'Mine', type: 'SINGLE' } }),
      api.ask('createRelease', {
        params: { packId: pack.id },
        body: { versions: [], timing: { kind: 'immediately' } },
      }),
      api.ask('listComponents'),
    ])
    expect(refused.map((answer) => answer.status())).toEqual([403, 403, 403, 403, 403])
  })
})

test('an account without the feature has no entry for packs, whatever the role', async ({
  page,
  context,
  db,
}) => {
  const accountId = await createAccount(db, { features: [] })
  await signInByCookie(context, await createPerson(db, { accountId, role: 'administrator' }))
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Atom Management' })).toBeVisible()
  const links = page.getByRole('navigation', { name: 'Main' }).getByRole('link')
  await expect(links).toHaveText(navigation.filter((entry) => entry !== 'Manage: Integration Packs'))
  await page.goto('/integration-packs')
  await expect(page.getByText('The feature "Integration pack management" is not switched on')).toBeVisible()
})

test('without multi-install packs the type is not asked for', async ({ page, context, db }) => {
  const accountId = await createAccount(db, { features: ['integration-pack-management'] })
  await signInByCookie(context, await createPerson(db, { accountId }))
  await page.goto('/integration-packs')
  await page.getByRole('button', { name: 'Create Integration Pack' }).first().click()
  const dialog = page.getByRole('dialog', { name: 'Create Integration Pack' })
  await expect(dialog.getByRole('textbox', { name: 'Integration Pack Name' })).toBeFocused()
  await expect(dialog.getByRole('radio')).toHaveCount(0)
})

test('whoever may only look at Atoms has these and the own settings', async ({
  page,
  context,
  scene,
  db,
}) => {
  const accountId = await createAccount(db, { primaryAccountId: scene.accountId, features: [] })
  const viewer = await createPerson(db, { accountId, privileges: ['atom-management-read-access'] })
  await context.clearCookies()
  const api = await signInByCookie(context, viewer)
  await page.goto('/')
  const main = page.getByRole('main')
  await expect(main).toContainText('This account has no environment yet.')
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
    'Manage: Atom Management',
  ])
  await expect(main.getByRole('button')).toHaveCount(0)
  for (const address of [
    '/installations',
    '/installations?browse=all',
    `/installations/${scene.manager.userId}`,
  ]) {
    await page.goto(address)
    await expect(main, address).toContainText(
      'Seeing installed integration packs needs the privilege Packaged Component Deployment.',
    )
    await expect(main.getByRole('button'), address).toHaveCount(0)
    await expect(page.getByRole('dialog'), address).toHaveCount(0)
  }
  const refused = await Promise.all([
    api.ask('listInstallations'),
    api.ask('browsePacks'),
    api.ask('createEnvironment', { body: { name: 'Mine' } }),
    api.ask('addAtom', { body: { name: 'Mine' } }),
  ])
  expect(refused.map((answer) => answer.status())).toEqual([403, 403, 403, 403])
})

test('whoever deploys and may not look at Atoms begins with the installed packs', async ({
  page,
  context,
  scene,
  db,
}) => {
  const accountId = await createAccount(db, { primaryAccountId: scene.accountId, features: [] })
  const deployer = await createPerson(db, { accountId, privileges: ['packaged-component-deployment'] })
  await context.clearCookies()
  await signInByCookie(context, deployer)
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1, name: 'Integration Packs' })).toBeVisible()
  await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link')).toHaveText([
    'Deploy: Integration Packs',
  ])
  await page.goto('/atom-management')
  await expect(page.getByRole('main')).toContainText(
    'Seeing environments and Atoms needs the privilege Atom Management or Atom Management Read Access.',
  )
})
