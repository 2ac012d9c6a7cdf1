import { type KeyboardEvent, type MouseEvent, useEffect, useId, useRef, useState } from 'react'

type ListboxOptions<Option> = {
  options: readonly Option[]
  idOf: (option: Option) => string
  onChoose: (option: Option) => void
  /** When this changes, the first option is the current one again. */
  resetBy: string
}

/** A field that keeps the focus while arrows move through a list: the combobox pattern, without the looks. */
export function useListbox<Option>({ options, idOf, onChoose, resetBy }: ListboxOptions<Option>) {
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [place, setPlace] = useState({ at: 0, resetBy })
  const at = place.resetBy === resetBy ? Math.min(place.at, options.length - 1) : 0
  const current = options[at]
  const elementId = (option: Option) => `${id}-${idOf(option)}`
  const currentId = current === undefined ? undefined : elementId(current)

  useEffect(() => {
    if (currentId !== undefined) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' })
  }, [currentId])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step !== undefined && options.length > 0) {
      event.preventDefault()
      const isFar = Math.abs(step) > 1
      const next = isFar
        ? Math.max(0, Math.min(at + step, options.length - 1))
        : (at + step + options.length) % options.length
      setPlace({ at: next, resetBy })
    } else if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault()
      onChoose(current)
    }
  }
  return {
    inputProps: {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-controls': `${id}-list`,
      'aria-activedescendant': currentId,
      onKeyDown,
    } as const,
    listProps: { ref: list, id: `${id}-list`, role: 'listbox' } as const,
    optionProps: (option: Option) =>
      ({
        id: elementId(option),
        role: 'option',
        'aria-selected': option === current,
        // The field keeps the focus while the mouse is down on an option.
        onMouseDown: (event: MouseEvent) => event.preventDefault(),
        onClick: () => onChoose(option),
      }) as const,
  }
}
