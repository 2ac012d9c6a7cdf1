import { expect, test } from 'vitest'
import { readUrlState } from '../../lib/use-url-state.ts'
import { isFiltered, listQueryOf, noFilters, packageListFields } from './package-list-state.ts'

const id = '01a1f71a-c50c-774a-b679-8ff23b621505'
const read = (address: string) => readUrlState(packageListFields, new URLSearchParams(address))

test('the newest first, active only, unless the address says otherwise', () => {
  expect(listQueryOf(read('').state)).toEqual({
    sort: 'createdAt',
    direction: 'desc',
    page: 1,
    pageSize: 50,
  })
  expect(isFiltered(read('deleted=true').state)).toBe(false)
})

test('filters reach the server under its names', () => {
  const { state, refused } = read(
    `search=orders&component=${id.toUpperCase()}&type=webservice&sharing=allowed&deleted=true&page=3`,
  )
  expect(refused).toEqual([])
  expect(listQueryOf(state)).toMatchObject({
    search: 'orders',
    componentId: id,
    type: 'webservice',
    sharing: 'allowed',
    showDeleted: true,
    page: 3,
  })
  expect(isFiltered(state)).toBe(true)
  expect(isFiltered({ ...state, ...noFilters })).toBe(false)
})

test('what is no value of its kind is named and left out', () => {
  const { state, refused } = read('component=1&sharing=maybe&sort=size&tab=library&page=0')
  expect(refused).toEqual(['component', 'sharing', 'sort', 'page', 'tab'])
  expect(state).toMatchObject({ component: null, sharing: null, sort: 'createdAt', page: 1, tab: 'details' })
})
