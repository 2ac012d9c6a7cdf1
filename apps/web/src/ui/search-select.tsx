import { IconSelector } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { useListbox } from './use-listbox.ts'
import classes from './search-select.module.css'

export type SearchOption = { value: string; label: string }

type SearchSelectProps = {
  id: string
  label: string
  description?: string
  value: string | null
  /** What the field shows for the value. */
  valueLabel: string
  placeholder?: string
  /** The options for what was typed, best first. */
  find: (typed: string) => readonly SearchOption[]
  onChange: (value: string) => void
  /** For options that are found elsewhere, such as by the server: what is being typed, '' when it opens. */
  onType?: (typed: string) => void
  nothingFound: string
  /** Under the field. */
  note?: ReactNode
}

/** Why the list is empty where the options are asked for when it opens. */
export function foundNothing(
  { data, error }: { data: unknown; error: Error | null },
  sentence: string,
): string {
  if (data !== undefined) return sentence
  return error ? 'They could not be loaded. Try again in a moment.' : 'Searching …'
}

/** One of many, found by typing: a combobox with a list under it. */
export function SearchSelect(props: SearchSelectProps) {
  const { id, label, description, value, valueLabel, placeholder, find, onChange, nothingFound, note } = props
  const descriptionId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const isOpen = typed !== null
  const options = isOpen ? find(typed) : []
  const close = () => setTyped(null)
  const type = (text: string) => {
    setTyped(text)
    props.onType?.(text)
  }
  const choose = (option: SearchOption) => {
    onChange(option.value)
    close()
  }
  const { listProps, inputProps, optionProps } = useListbox({
    options,
    idOf: (option) => option.value,
    onChoose: choose,
    resetBy: typed ?? '',
  })
  return (
    <div className={classes['root']}>
      <label htmlFor={id} className={classes['label']}>
        {label}
      </label>
      {description !== undefined && (
        <p id={descriptionId} className={classes['description']}>
          {description}
        </p>
      )}
      <div className={classes['field']}>
        <input
          {...inputProps}
          id={id}
          className={classes['input']}
          aria-expanded={isOpen}
          aria-describedby={description === undefined ? undefined : descriptionId}
          autoComplete="off"
          placeholder={placeholder}
          value={typed ?? valueLabel}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={close}
          onClick={() => !isOpen && type('')}
          onChange={(event) => type(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && isOpen) {
              event.stopPropagation()
              close()
            } else if (!isOpen && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
              event.preventDefault()
              type('')
            } else if (isOpen) {
              // Where nothing was found it chooses nothing; it does not send the form.
              if (event.key === 'Enter') event.preventDefault()
              inputProps.onKeyDown(event)
            }
          }}
        />
        <IconSelector size={16} aria-hidden className={classes['chevron']} />
        {isOpen && (
          <div className={classes['drop']}>
            <ul {...listProps} aria-label={label} className={classes['list']}>
              {options.map((option) => (
                <li
                  key={option.value}
                  {...optionProps(option)}
                  className={classes['option']}
                  data-chosen={option.value === value ? true : undefined}
                >
                  {option.label}
                </li>
              ))}
            </ul>
            {options.length === 0 && (
              <p role="status" className={classes['none']}>
                {nothingFound}
              </p>
            )}
          </div>
        )}
      </div>
      {note}
    </div>
  )
}
