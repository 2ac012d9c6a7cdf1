import type { ApplyResult } from '@packline/contract/updates.ts'
import { useEffect, useRef } from 'react'
import { Banner } from '../../ui/banner.tsx'
import { announce } from '../../ui/live-region.tsx'
import classes from './apply-results.module.css'

type ApplyResultsProps = { results: readonly ApplyResult[]; onDismiss: () => void }

/** What was applied and what was not, pack by pack; one that failed does not undo the others (D-24). */
export function ApplyResults({ results, onDismiss }: ApplyResultsProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The button that began this is gone.
    box.current?.focus()
    announce(results.map(sentenceOf).join(' '))
  }, [results])
  const applied = results.filter(({ kind }) => kind === 'applied')
  const tone = applied.length === results.length ? 'good' : applied.length > 0 ? 'warning' : 'bad'
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label="Result" className={classes['root']} data-heading>
      <Banner tone={tone} onDismiss={onDismiss}>
        <ul className={classes['list']}>
          {results.map((result) => (
            <li key={result.attachmentId}>{sentenceOf(result)}</li>
          ))}
        </ul>
        {applied.length > 0 && (
          <p>
            It reaches the Atoms shortly. How long it takes depends on what they are doing; the table follows.
          </p>
        )}
      </Banner>
    </div>
  )
}

function sentenceOf(result: ApplyResult): string {
  const name = result.name ?? 'An integration pack that is no longer attached here'
  return result.kind === 'applied'
    ? `${name} is on version ${result.toNumber} now.`
    : `${name} was not updated. ${result.message}`
}
