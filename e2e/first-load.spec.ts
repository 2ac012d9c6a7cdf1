import { expect } from '@playwright/test'
import { test } from './fixtures/test.ts'

test('the page comes with the names of all that its screen loads', async ({ page, scene }) => {
  const orders = await scene.addComponent({ versions: ['1.0'] })
  const pack = await scene.addPack({ components: [orders] })
  const releaseId = await scene.release(pack.id, [{ component: orders, version: '1.0' }])
  for (const { path, heading } of [
    { path: `/integration-packs/${pack.id}`, heading: pack.name },
    { path: `/integration-packs/${pack.id}/releases/${releaseId}/rollout`, heading: /^Rollout/ },
    { path: '/settings/user', heading: 'User Information' },
  ]) {
    const loaded: string[] = []
    let sessions = 0
    page.on('request', (request) => {
      if (/script|stylesheet/.test(request.resourceType())) loaded.push(new URL(request.url()).pathname)
      if (request.url().endsWith('/api/v1/session')) sessions += 1
    })
    const response = await page.goto(path)
    await expect(page.getByRole('heading', { name: heading }).first()).toBeVisible()
    page.removeAllListeners('request')
    const named = `${await response?.text()} ${response?.headers()['link']}`
    // What the page has asked for beforehand is what its script gets.
    expect(sessions, `how often ${path} asks who is signed in`).toBe(1)
    expect(loaded.length).toBeGreaterThan(3)
    expect(
      loaded.filter((file) => !named.includes(file)),
      `what ${path} loads unannounced`,
    ).toEqual([])
  }
})
