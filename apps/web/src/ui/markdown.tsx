import { Skeleton } from '@mantine/core'
import { lazy, Suspense, useRef } from 'react'
import classes from './markdown-text.module.css'
import { isPlainText, paragraphsOf } from './plain-text.ts'
import { useIsSeen } from './use-is-seen.ts'

const MarkdownText = lazy(() =>
  import('./markdown-text.tsx').then((module) => ({ default: module.MarkdownText })),
)

/** Text that a user wrote in Markdown. HTML in it is shown as text, pictures are left out. */
export function Markdown({ children }: { children: string }) {
  return isPlainText(children) ? <Paragraphs text={children} /> : <WhenSeen text={children} />
}

/** Most texts are plain sentences: for those the 35 KB that read Markdown are not loaded. */
function Paragraphs({ text }: { text: string }) {
  return (
    <div className={classes['root']}>
      {[...paragraphsOf(text).entries()].map(([place, paragraph]) => (
        <p key={place}>{paragraph}</p>
      ))}
    </div>
  )
}

/** Nor are they for a text that stays folded up or far below. */
function WhenSeen({ text }: { text: string }) {
  const place = useRef<HTMLDivElement>(null)
  const isSeen = useIsSeen(place)
  const wait = <Skeleton height={20} />
  return (
    <div ref={place}>
      {isSeen ? (
        <Suspense fallback={wait}>
          <MarkdownText>{text}</MarkdownText>
        </Suspense>
      ) : (
        wait
      )}
    </div>
  )
}
