import { IconCheck } from '@tabler/icons-react'
import { Link } from 'react-router'
import classes from './steps.module.css'

type Step = {
  id: string
  label: string
  /** Where the step is; given for done steps, which can be gone back to. */
  to?: string | undefined
}

/** Where one is in a wizard: an ordered list, done steps are links. */
export function Steps({ label, steps, current }: { label: string; steps: readonly Step[]; current: string }) {
  const at = steps.findIndex(({ id }) => id === current)
  return (
    <nav aria-label={label} className={classes['root']}>
      <ol className={classes['list']}>
        {steps.map(({ id, label: words, to }, index) => {
          const isDone = index < at
          return (
            <li
              key={id}
              className={classes['step']}
              data-done={isDone || undefined}
              data-current={index === at || undefined}
              {...(index === at && { 'aria-current': 'step' as const })}
            >
              <span className={classes['number']} aria-hidden>
                {isDone ? <IconCheck size={14} /> : index + 1}
              </span>
              {isDone && to !== undefined ? (
                <Link className="link" to={to}>
                  {words}
                </Link>
              ) : (
                <span>{words}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
