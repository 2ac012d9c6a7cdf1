import { IconCheck } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, useDeferredValue, useEffect, useId, useState } from 'react'
import { formatCount } from '../lib/dates.ts'
import { LinkButton } from './link-button.tsx'
import classes from './pick-list.module.css'
import { pickStep } from './pick-step.ts'
import { SearchField } from './search-field.tsx'

export type PickOption = { id: string; name: string; detail: string }

type PickListProps = {
  label: string
  /** What there is to choose, in the plural: "environments". */
  noun: string
  options: readonly PickOption[]
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
  /** A sentence in place of the list when there is nothing to choose. */
  empty: string
}

/** Above this many options a filter is worth its place. */
const filterFrom = 9

/**
 * A list box to choose several from. It is one tab stop: arrows move, Space chooses, Shift with an arrow chooses on
 * the way, Ctrl+A chooses all that is shown.
 */
export function PickList({ label, noun, options, chosen, onChange, empty }: PickListProps) {
  const id = useId()
  const [filter, setFilter] = useState('')
  const [activeId, setActive] = useState<string | null>(null)
  const wanted = useDeferredValue(filter.trim().toLowerCase())
  const shown = wanted === '' ? options : options.filter(({ name }) => name.toLowerCase().includes(wanted))
  const ids = shown.map((option) => option.id)
  const active = activeId !== null && ids.includes(activeId) ? activeId : (ids[0] ?? null)
  const elementId = (optionId: string) => `${id}-${optionId}`
  const shownChosen = ids.filter((one) => chosen.has(one)).length

  useEffect(() => {
    if (activeId !== null) document.getElementById(`${id}-${activeId}`)?.scrollIntoView({ block: 'nearest' })
  }, [id, activeId])

  const onKeyDown = (event: KeyboardEvent) => {
    const { key, shiftKey, ctrlKey, metaKey } = event
    const step = pickStep({ ids, active, chosen }, { key, shiftKey, isCommand: ctrlKey || metaKey })
    if (!step) return
    event.preventDefault()
    setActive(step.active)
    if (step.chosen !== chosen) onChange(step.chosen)
  }
  const onPick = (optionId: string) => (event: MouseEvent) => {
    setActive(optionId)
    onChange(
      event.shiftKey && active !== null
        ? new Set([...chosen, ...between(ids, active, optionId)])
        : toggled(chosen, optionId),
    )
  }
  return (
    <div className={classes['root']}>
      <div className={classes['head']}>
        <span id={`${id}-label`} className={classes['label']}>
          {label}
        </span>
        <span className={classes['count']}>{formatCount(options.length)}</span>
      </div>
      {options.length >= filterFrom && (
        <SearchField
          label={`Filter ${label}`}
          placeholder="Filter by name"
          value={filter}
          onChange={setFilter}
          isImmediate
        />
      )}
      {options.length === 0 ? (
        <p className={classes['empty']}>{empty}</p>
      ) : (
        <div
          role="listbox"
          aria-multiselectable
          aria-labelledby={`${id}-label`}
          aria-activedescendant={active === null ? undefined : elementId(active)}
          tabIndex={0}
          className={classes['list']}
          onKeyDown={onKeyDown}
        >
          {shown.map((option) => (
            // Keys are the list's: it keeps the focus and says which option is active.
            <div
              key={option.id}
              id={elementId(option.id)}
              role="option"
              tabIndex={-1}
              aria-selected={chosen.has(option.id)}
              data-active={option.id === active || undefined}
              className={classes['option']}
              onMouseDown={keepFocusInList}
              onClick={onPick(option.id)}
            >
              <span className={classes['box']} aria-hidden>
                <IconCheck size={12} stroke={3} />
              </span>
              <span className={classes['name']}>{option.name}</span>
              <span className={classes['detail']}>{option.detail}</span>
            </div>
          ))}
          {shown.length === 0 && (
            <p className={classes['none']}>{`Nothing has “${filter.trim()}” in its name.`}</p>
          )}
        </div>
      )}
      {options.length > 0 && (
        <div className={classes['foot']}>
          <span role="status">
            {chosen.size === 0 ? `No ${noun} selected` : `${formatCount(chosen.size)} selected`}
          </span>
          {shown.length > 1 && shownChosen < shown.length && (
            <LinkButton
              aria-label={`Select all of ${label}`}
              onClick={() => onChange(new Set([...chosen, ...ids]))}
            >
              Select all
            </LinkButton>
          )}
          {chosen.size > 0 && (
            <LinkButton aria-label={`Select none of ${label}`} onClick={() => onChange(new Set())}>
              Select none
            </LinkButton>
          )}
        </div>
      )}
    </div>
  )
}

/** The mouse would put the focus on the option, whose keys nobody listens to. */
function keepFocusInList(event: MouseEvent<HTMLElement>) {
  event.preventDefault()
  event.currentTarget.parentElement?.focus({ preventScroll: true })
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen)
  if (!next.delete(id)) next.add(id)
  return next
}

function between(ids: readonly string[], one: string, other: string): readonly string[] {
  const [first, last] = [ids.indexOf(one), ids.indexOf(other)].toSorted((a, b) => a - b)
  return ids.slice(first, (last ?? 0) + 1)
}
