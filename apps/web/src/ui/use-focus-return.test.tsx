import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useFocusReturn } from './use-focus-return.ts'

function Opened({ isOpen }: { isOpen: boolean }) {
  useFocusReturn(isOpen)
  return isOpen ? <button type="button">Close</button> : null
}

const Page = ({ isOpen }: { isOpen: boolean }) => (
  <>
    <button type="button">Open</button>
    <button type="button">Other</button>
    <Opened isOpen={isOpen} />
  </>
)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function open() {
  const view = render(<Page isOpen={false} />)
  const opener = screen.getByRole('button', { name: 'Open' })
  opener.focus()
  view.rerender(<Page isOpen />)
  screen.getByRole('button', { name: 'Close' }).focus()
  return { ...view, opener }
}

test('the focus goes back to what opened it', () => {
  const { rerender, opener, unmount } = open()
  rerender(<Page isOpen={false} />)
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement).toBe(opener)
  unmount()
})

test('also where it fades out slowly and takes the focus along in the end', () => {
  const { rerender, opener, unmount } = open()
  rerender(<Page isOpen={false} />)
  act(() => {
    vi.advanceTimersByTime(500)
  })
  opener.blur()
  expect(document.activeElement).toBe(document.body)
  act(() => {
    vi.advanceTimersByTime(100)
  })
  expect(document.activeElement).toBe(opener)
  unmount()
})

test('where what opened it is gone, the focus goes to the heading of the page', () => {
  const heading = document.createElement('main')
  heading.innerHTML = '<h1 tabindex="-1">Packs</h1>'
  document.body.append(heading)
  const { rerender, unmount } = open()
  rerender(<p />)
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement?.textContent).toBe('Packs')
  unmount()
  heading.remove()
})

test('a focus that has gone somewhere else meanwhile is left there', () => {
  const { rerender, unmount } = open()
  const other = screen.getByRole('button', { name: 'Other' })
  rerender(<Page isOpen={false} />)
  other.focus()
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement).toBe(other)
  unmount()
})
