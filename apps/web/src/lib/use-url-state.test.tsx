import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { MemoryRouter, useLocation } from 'react-router'
import { expect, test } from 'vitest'
import {
  flag,
  maybeOneOf,
  oneOf,
  readUrlState,
  text,
  useUrlState,
  wholeNumber,
  writeUrlState,
} from './use-url-state.ts'

const fields = {
  search: text(),
  sort: oneOf(['name', 'createdAt'], 'createdAt'),
  type: maybeOneOf(['process', 'webservice']),
  page: wholeNumber(),
  deleted: flag(),
}
const read = (search: string) => readUrlState(fields, new URLSearchParams(search))
const write = (search: string, change: Parameters<typeof writeUrlState<typeof fields>>[2]) =>
  writeUrlState(fields, new URLSearchParams(search), change).toString()

test('an empty address is the initial state', () => {
  expect(read('')).toEqual({
    state: { search: '', sort: 'createdAt', type: null, page: 1, deleted: false },
    refused: [],
  })
})

test('what is written is read again', () => {
  const change = {
    search: 'orders & invoices',
    sort: 'name',
    type: 'process',
    page: 3,
    deleted: true,
  } as const
  expect(read(write('', change)).state).toEqual(change)
})

test.each(['page=0', 'page=-1', 'page=1.5', 'page=1e3', 'sort=password', 'type=', 'deleted=yes'])(
  '%s is refused and named, and the initial value stands in',
  (search) => {
    const { state, refused } = read(search)
    expect(refused).toEqual([search.split('=')[0]])
    expect(state).toEqual(read('').state)
  },
)

test('initial values are left out and other parameters stay', () => {
  expect(write('step=versions&search=x', { search: '' })).toBe('step=versions')
  expect(write('type=process', { type: null })).toBe('')
})

test('another filter starts at the first page, another page keeps the filter', () => {
  expect(write('page=4&search=a', { search: 'b' })).toBe('search=b')
  expect(write('page=4&search=a', { page: 5 })).toBe('page=5&search=a')
})

test('the hook reads and writes the address', async () => {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={['/list?sort=name&page=2']}>{children}</MemoryRouter>
  )
  const { result } = renderHook(() => ({ url: useUrlState(fields), location: useLocation() }), { wrapper })
  expect(result.current.url[0]).toMatchObject({ sort: 'name', page: 2 })
  await act(async () => result.current.url[1]({ deleted: true }))
  expect(result.current.location.search).toBe('?sort=name&deleted=true')
})

test('two changes at once build on each other', async () => {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <MemoryRouter initialEntries={['/list']}>{children}</MemoryRouter>
  )
  const { result } = renderHook(() => ({ url: useUrlState(fields), location: useLocation() }), { wrapper })
  await act(async () => {
    result.current.url[1]({ deleted: true })
    result.current.url[1]({ search: 'orders' })
  })
  expect(result.current.location.search).toBe('?deleted=true&search=orders')
})
