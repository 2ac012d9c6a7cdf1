import { describe, expect, test } from 'vitest'

import { exceedGates } from './gates.ts'
import { listScreens } from './list-screens.ts'
import { type Chunk, weighScreens } from './weigh-screens.ts'

const routes = `
const screens: RouteObject[] = [
  {
    path: routePatterns.packs,
    lazy: () => import('./features/packs/page.route.tsx'),
    children: [
      { index: true, lazy: () => import('./features/packs/first.route.tsx') },
      { path: routePatterns.pack, lazy: () => import('./features/packs/details.route.tsx') },
    ],
  },
]
export const router = createBrowserRouter([
  { path: routePatterns.signIn, lazy: () => import('./sign-in.route.tsx') },
  { lazy: () => import('./shell.route.tsx'), children: [{ index: true, loader: goToStart }, ...screens] },
])`

test('a page is its route with all routes around it', () => {
  expect(listScreens({ path: 'apps/web/src/routes.tsx', text: routes })).toEqual([
    { name: 'signIn', modules: ['src/sign-in.route.tsx'] },
    { name: 'start', modules: ['src/shell.route.tsx'] },
    {
      name: 'packs',
      modules: [
        'src/shell.route.tsx',
        'src/features/packs/page.route.tsx',
        'src/features/packs/first.route.tsx',
      ],
    },
    {
      name: 'pack',
      modules: [
        'src/shell.route.tsx',
        'src/features/packs/page.route.tsx',
        'src/features/packs/details.route.tsx',
      ],
    },
  ])
})

test('the table may have a name, and a router without pages is a mistake', () => {
  const named = (table: string) => ({ path: 'apps/web/src/routes.tsx', text: table })
  const table = "const routes = [{ path: routePatterns.help, lazy: () => import('./help.route.tsx') }]"
  expect(listScreens(named(`${table}\nconst makeRouter = () => createBrowserRouter(routes)`))).toEqual([
    { name: 'help', modules: ['src/help.route.tsx'] },
  ])
  expect(() => listScreens(named('createBrowserRouter(gone)'))).toThrow('gone')
  expect(() => listScreens(named('createBrowserRouter(make())'))).toThrow('a router without pages')
})

test('parts of the table lie in files of their own, and none is passed over', () => {
  const table = { path: 'apps/web/src/routes.tsx', text: 'createBrowserRouter([...screens])' }
  const screens = {
    path: 'apps/web/src/screens.ts',
    text: "export const screens = [{ path: routePatterns.help, lazy: () => import('./help.route.tsx') }]",
  }
  expect(listScreens(table, screens)).toEqual([{ name: 'help', modules: ['src/help.route.tsx'] }])
  expect(() => listScreens(table)).toThrow('spreads screens, and no file that was read has it.')
})

const chunk = (fileName: string, about: Partial<Chunk> = {}): Chunk => ({
  fileName,
  isEntry: false,
  modules: [],
  imports: [],
  ...about,
})
const chunks = [
  chunk('index.js', { isEntry: true, imports: ['base.js'] }),
  chunk('base.js'),
  chunk('list.js', { modules: ['src/list.tsx'], imports: ['table.js', 'index.js'] }),
  chunk('detail.js', { modules: ['src/detail.tsx'], imports: ['table.js'] }),
  chunk('table.js', { imports: ['list.js'] }),
]
const bytes: Record<string, number> = {
  'index.js': 1_000,
  'base.js': 100_000,
  'list.js': 20_000,
  'detail.js': 3_000,
  'table.js': 40_000,
}
const weigh = (modules: string[], more: Record<string, number> = {}) =>
  weighScreens([{ name: 'page', modules }], chunks, (file) => ({ ...bytes, ...more })[file] ?? Number.NaN)

describe('the weight of a page', () => {
  test('every script counts once, whoever imports it, with what the entry brings', () => {
    expect(weigh(['src/list.tsx', 'src/detail.tsx']).screens).toEqual([{ name: 'page', scripts: 164_000 }])
  })

  test('a module that is in no script is no page of nothing', () => {
    expect(() => weigh(['src/gone.tsx'])).toThrow('The build has no script with src/gone.tsx.')
  })

  test('what is within its gates is fine; each that is not is named with how much it is', () => {
    expect(exceedGates(weigh(['src/list.tsx']), 40_000)).toEqual([])
    expect(exceedGates(weigh(['src/list.tsx'], { 'list.js': 60_001 }), 40_500)).toEqual([
      'The page page loads scripts of 201.0 KB; 200.0 KB are allowed.',
      'Every page loads styles of 40.5 KB; 40.0 KB are allowed.',
      'list.js has 60.0 KB; 60.0 KB are allowed.',
    ])
  })
})
