import type { Page } from '@playwright/test'

import { longPaths } from './web-scene.ts'

/** The pages that Lighthouse looks at. */
export const pages: { name: string; path: string; isPublic?: boolean }[] = [
  { name: 'sign-in', path: '/sign-in', isPublic: true },
  { name: 'pack', path: longPaths.pack },
  { name: 'wizard', path: longPaths.wizard },
  { name: 'rollout', path: longPaths.rollout },
  { name: 'packaged components', path: '/packaged-components' },
  { name: 'account groups', path: '/settings/account/groups' },
  { name: 'audit log', path: '/settings/account/audit-log' },
]

/** The longest ones, with what somebody does on them. */
export const longPages: { name: string; path: string; act: (page: Page) => Promise<void> }[] = [
  {
    name: '1,000 packs',
    path: longPaths.pack,
    act: async (page) => {
      await page.getByRole('searchbox', { name: 'Filter integration packs' }).pressSequentially('pack 77')
      await page.getByRole('link', { name: /^Pack 777/ }).click()
      await page.getByRole('heading', { name: 'Pack 777' }).waitFor()
    },
  },
  {
    name: 'the wizard with 100 components',
    path: longPaths.wizard,
    act: async (page) => {
      await page.getByRole('button', { name: 'Select another version of Component 99', exact: true }).click()
      await page.getByRole('dialog').getByRole('radio').last().click()
      await page.getByRole('dialog').getByRole('button', { name: 'Select Version' }).click()
      await page.getByRole('button', { name: 'Next', exact: true }).click()
      await page.getByRole('heading', { name: 'Select Release Schedule' }).waitFor()
    },
  },
  {
    name: 'a rollout of 100,000 rows',
    path: longPaths.rollout,
    act: async (page) => {
      await page.getByRole('rowheader').first().waitFor()
      await page.getByRole('searchbox', { name: /^Search accounts/ }).pressSequentially('Customer 77')
      await page
        .getByRole('rowheader', { name: /^Customer 77/ })
        .first()
        .waitFor()
    },
  },
  {
    name: 'packaged components beside 100,000 installations',
    path: '/packaged-components',
    act: async (page) => {
      await page.getByRole('rowheader').first().waitFor()
      await page
        .getByRole('searchbox', { name: 'Search by name or version' })
        .pressSequentially('Component 77')
      await page.getByRole('rowheader', { name: 'Component 77', exact: true }).first().waitFor()
    },
  },
]
