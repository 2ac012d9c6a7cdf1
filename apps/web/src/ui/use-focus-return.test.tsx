import { act, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useFocusReturn } from './use-focus-return.ts'

type PageProps = { isOpen: boolean; isFading?: boolean; drawing?: number }

function Opened({ isOpen, isFading = false }: PageProps) {
  useFocusReturn(isOpen)
  return isOpen || isFading ? (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- it stands for Mantine's dialogs, which have the role and are no dialog element either.
    <div role="dialog">
      <input aria-label="Inside" />
      <button type="button">Close</button>
    </div>
  ) : null
}

const Page = ({ drawing = 1, ...props }: PageProps) => (
  <>
    <button type="button" id="open" key={drawing}>
      Open
    </button>
    <button type="button">Other</button>
    <Opened {...props} />
  </>
)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.runAllTimers()
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

test('also where something takes it into the dialog again that still fades out', () => {
  const { rerender, opener, unmount } = open()
  rerender(<Page isOpen={false} isFading />)
  screen.getByRole('textbox', { name: 'Inside' }).focus()
  act(() => {
    vi.advanceTimersByTime(3_000)
  })
  expect(document.activeElement).toBe(opener)
  screen.getByRole('textbox', { name: 'Inside' }).focus()
  rerender(<Page isOpen={false} />)
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement).toBe(opener)
  unmount()
})

test('also where what opened it was drawn anew meanwhile', () => {
  const { rerender, opener, unmount } = open()
  rerender(<Page isOpen={false} drawing={2} />)
  act(() => {
    vi.runAllTimers()
  })
  const drawn = screen.getByRole('button', { name: 'Open' })
  expect(drawn).not.toBe(opener)
  expect(document.activeElement).toBe(drawn)
  unmount()
})

test('what is opened again before the last look keeps the focus', () => {
  const { rerender, opener, unmount } = open()
  const closeButton = () => screen.getByRole('button', { name: 'Close' })
  const lastClose = closeButton()
  rerender(<Page isOpen={false} isFading />)
  act(() => {
    vi.advanceTimersByTime(100)
  })
  expect(document.activeElement).toBe(opener)
  rerender(<Page isOpen />)
  // The same dialog, which had not gone yet.
  expect(closeButton()).toBe(lastClose)
  lastClose.focus()
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement).toBe(lastClose)
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

const twoDialogs = ({ first = false, second = false }) => (
  <>
    <button type="button">Open first</button>
    <button type="button">Open second</button>
    <Opened isOpen={first} />
    <Opened isOpen={second} />
  </>
)
const buttonNamed = (name: string) => screen.getByRole('button', { name })

test('of two that close one after the other, only the later one gives the focus back', () => {
  const { rerender, unmount } = render(twoDialogs({}))
  buttonNamed('Open first').focus()
  rerender(twoDialogs({ first: true }))
  buttonNamed('Close').focus()
  rerender(twoDialogs({}))
  act(() => {
    vi.advanceTimersByTime(100)
  })
  buttonNamed('Open second').focus()
  rerender(twoDialogs({ second: true }))
  buttonNamed('Close').focus()
  rerender(twoDialogs({}))
  expect(document.activeElement).toBe(document.body)
  act(() => {
    vi.advanceTimersByTime(100)
  })
  expect(document.activeElement).toBe(buttonNamed('Open second'))
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement).toBe(buttonNamed('Open second'))
  unmount()
})

test('where one gives way to another, the other one returns where the first would have', () => {
  const { rerender, unmount } = render(twoDialogs({}))
  buttonNamed('Open first').focus()
  rerender(twoDialogs({ first: true }))
  buttonNamed('Close').focus()
  rerender(twoDialogs({ second: true }))
  buttonNamed('Close').focus()
  rerender(twoDialogs({}))
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement).toBe(buttonNamed('Open first'))
  unmount()
})

test.each([
  ['Open first', 'the one drawn first', { first: true }],
  ['Open second', 'the one drawn second', { second: true }],
])('of two that close together, it goes back to %s where the outer one is %s', (opener, _, outer) => {
  const { rerender, unmount } = render(twoDialogs({}))
  buttonNamed(opener).focus()
  rerender(twoDialogs(outer))
  buttonNamed('Close').focus()
  rerender(twoDialogs({ first: true, second: true }))
  rerender(twoDialogs({}))
  act(() => {
    vi.runAllTimers()
  })
  expect(document.activeElement).toBe(buttonNamed(opener))
  unmount()
})
