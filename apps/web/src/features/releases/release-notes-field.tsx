import { countCharacters } from '@packline/domain/text/clean-text.ts'
import { notesLimit } from '@packline/domain/text/notes.ts'
import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { formatCount, plural } from '../../lib/dates.ts'
import { Markdown } from '../../ui/markdown.tsx'
import { notesId } from './field-ids.ts'
import classes from './release-notes-field.module.css'

type ReleaseNotesFieldProps = { notes: string; onChange: (notes: string) => void }

/** What consumers will read about the release, in Markdown, with a preview. */
export function ReleaseNotesField({ notes, onChange }: ReleaseNotesFieldProps) {
  const [isPreview, setPreview] = useState(false)
  const left = notesLimit - countCharacters(notes)
  return (
    <div className={classes['root']}>
      <Textarea
        id={notesId}
        label="Release notes (optional)"
        description={`Consumers read them. Markdown; ${left >= 0 ? `${formatCount(left)} of ${formatCount(notesLimit)} characters left` : `${plural(-left, 'character')} too many`}.`}
        autosize={false}
        rows={6}
        value={notes}
        error={left < 0 ? 'Shorten the notes.' : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button
        variant="default"
        size="compact-sm"
        mt="xs"
        aria-expanded={isPreview}
        aria-controls="notes-preview"
        onClick={() => setPreview(!isPreview)}
      >
        {isPreview ? 'Hide preview' : 'Preview'}
      </Button>
      <div id="notes-preview" className={classes['preview']} hidden={!isPreview}>
        {isPreview && (notes.trim() === '' ? <p>Nothing written yet.</p> : <Markdown>{notes}</Markdown>)}
      </div>
    </div>
  )
}
