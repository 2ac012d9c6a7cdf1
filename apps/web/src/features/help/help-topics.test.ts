import { expect, test } from 'vitest'
import { headingId, helpAddressOf } from './help-address.ts'
import { findTopic, helpTopics } from './help-topics.ts'

const textOf = async (name: string) => (await findTopic(name)?.load())?.default ?? ''
const headingIdsOf = async (name: string) =>
  [...(await textOf(name)).matchAll(/^## (.*)$/gm)].map(([, heading = '']) => headingId(heading))

test.each(helpTopics.map(({ name, title }) => [name, title]))(
  '%s is called as its text is, and its headings can be told apart',
  async (name, title) => {
    expect((await textOf(name)).split('\n')[0]).toBe(`# ${title}`)
    const ids = await headingIdsOf(name)
    expect(new Set(ids).size).toBe(ids.length)
  },
)

test.each(helpTopics.map(({ name }) => [name]))(
  'links of %s lead to headings that are there',
  async (name) => {
    const links = [...(await textOf(name)).matchAll(/\]\(([^)]+)\)/g)].map(([, href = '']) => href)
    const addresses = links.map(helpAddressOf).filter((one) => one !== null)
    const wanted = addresses
      .map((address) => address.split('#'))
      .filter(([, heading]) => heading !== undefined)
    for (const [path = '', heading] of wanted) {
      expect(await headingIdsOf(path.split('/').at(-1) || name)).toContain(heading)
    }
    expect.assertions(wanted.length)
  },
)

test('links to other topics stay in the help; those to what is no help lead nowhere', () => {
  expect(helpAddressOf('users-and-roles.md#two-step-sign-in')).toBe('/help/users-and-roles#two-step-sign-in')
  expect(helpAddressOf('using-the-api.md')).toBe('/help/using-the-api')
  expect(helpAddressOf('#what-arrives')).toBe('#what-arrives')
  expect(helpAddressOf('production.md#single-sign-on')).toBeNull()
  expect(helpAddressOf('../apps/api/container/compose.yaml')).toBeNull()
  expect(helpAddressOf('https://www.standardwebhooks.com')).toBeNull()
})
