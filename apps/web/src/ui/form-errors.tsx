import { useEffect, useRef } from 'react'
import classes from './form-errors.module.css'

export type FormError = {
  /** The id of the input it belongs to; without one it concerns the whole form. */
  fieldId?: string
  message: string
}

/** What is wrong with a form, in one place, each line leading to its field. Takes the focus when it appears. */
export function FormErrors({ errors }: { errors: readonly FormError[] }) {
  const box = useRef<HTMLDivElement>(null)
  const words = errors.map(({ message }) => message).join('\n')
  useEffect(() => {
    if (words !== '') box.current?.focus()
  }, [words])

  if (errors.length === 0) return null
  return (
    <div ref={box} tabIndex={-1} role="alert" className={classes['root']} data-heading>
      <p className={classes['title']}>
        {errors.length === 1
          ? 'One thing needs your attention'
          : `${errors.length} things need your attention`}
      </p>
      <ul className={classes['list']}>
        {errors.map(({ fieldId, message }) => (
          <li key={`${fieldId}-${message}`}>
            {fieldId === undefined ? (
              message
            ) : (
              <a
                className="link"
                href={`#${fieldId}`}
                onClick={(event) => {
                  event.preventDefault()
                  document.getElementById(fieldId)?.focus()
                }}
              >
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
