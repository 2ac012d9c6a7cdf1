import { Button, Checkbox } from '@mantine/core'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { formatCount } from '../../lib/dates.ts'
import { isRefusal } from '../../lib/field-problems.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { DialogActions } from '../../ui/dialog-actions.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { FormErrors } from '../../ui/form-errors.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { Loading } from '../../ui/loading.tsx'
import { announce } from '../../ui/live-region.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import classes from './account-groups.module.css'
import { type ChoiceName, choicesOf, refreshGroups } from './account-groups.queries.ts'

type ChooseProps<Row> = {
  title: string
  /** What is chosen, singular and plural: "account", "accounts". */
  nouns: readonly [string, string]
  searchLabel: string
  lead?: string
  /** The list of what can be added to this group. */
  choices: { name: ChoiceName; groupId: string }
  describe: (row: Row) => { id: string; name: string; detail: string }
  /** In place of the list where there is nothing to choose at all. */
  empty: string
  /** More than this are added in several steps. */
  limit: number
  onAdd: (ids: readonly string[]) => Promise<unknown>
  onClose: () => void
}

/** Chooses several of many that the server searches and sends page by page; what is chosen stays so meanwhile. */
export function ChooseDialog<Row>({ isOpen, ...rest }: ChooseProps<Row> & { isOpen: boolean }) {
  return (
    <Dialog isOpen={isOpen} onClose={rest.onClose} title={rest.title} size="lg">
      <ChooseForm {...rest} />
    </Dialog>
  )
}

const listId = 'choices-to-add'

function ChooseForm<Row>(props: ChooseProps<Row>) {
  const { nouns, searchLabel, lead, choices, describe, empty, limit, onAdd, onClose } = props
  const [one, many] = nouns
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isNothing, setNothing] = useState(false)
  const query = useInfiniteQuery({
    ...choicesOf<Row>(choices.name, choices.groupId, search.trim()),
    placeholderData: (before) => before,
  })
  const rows = query.data?.pages.flatMap((page) => page.rows).map(describe) ?? []
  const total = query.data?.pages[0]?.total ?? 0
  const adding = useMutation({
    mutationFn: (ids: readonly string[]) => onAdd(ids),
    onSuccess: async (_answer, ids) => {
      await refreshGroups()
      announce(`${formatCount(ids.length)} ${ids.length === 1 ? one : many} added`)
      onClose()
    },
  })
  const toggle = (id: string, isOn: boolean) => {
    setNothing(false)
    setChosen((before) =>
      isOn ? new Set([...before, id]) : new Set([...before].filter((other) => other !== id)),
    )
  }
  const errors = isNothing
    ? [{ fieldId: listId, message: `Select at least one ${one}.` }]
    : isRefusal(adding.error)
      ? [{ fieldId: listId, message: adding.error.message }]
      : []
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setNothing(chosen.size === 0)
        if (chosen.size > 0 && !adding.isPending) adding.mutate([...chosen].toSorted())
      }}
    >
      <FormErrors errors={errors} />
      {adding.error && !isRefusal(adding.error) && <ErrorState error={adding.error} />}
      {lead !== undefined && <p className={classes['note']}>{lead}</p>}
      <SearchField label={searchLabel} isLabelShown isFirst value={search} onChange={setSearch} />
      <div id={listId} tabIndex={-1} role="group" aria-label={`${many} to add`} className={classes['box']}>
        {query.isPending && <Loading lines={5} />}
        {query.error && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
        {query.data && rows.length === 0 && (
          <p className={classes['none']}>
            {search.trim() === '' ? empty : `No ${one} that can be added matches “${search.trim()}”.`}
          </p>
        )}
        <ul className={classes['choices']}>
          {rows.map(({ id, name, detail }) => (
            <li key={id}>
              <Checkbox
                label={name}
                description={detail}
                checked={chosen.has(id)}
                onChange={({ currentTarget: { checked } }) => toggle(id, checked)}
              />
            </li>
          ))}
        </ul>
      </div>
      <div className={classes['foot']} role="status">
        <span>
          {formatCount(chosen.size)} selected, {formatCount(rows.length)} of {formatCount(total)} shown
        </span>
        {rows.some(({ id }) => !chosen.has(id)) && chosen.size + rows.length <= limit && (
          <LinkButton
            type="button"
            onClick={() => setChosen(new Set([...chosen, ...rows.map(({ id }) => id)]))}
          >
            Select all shown
          </LinkButton>
        )}
        {query.hasNextPage && (
          <Button
            variant="default"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </div>
      <DialogActions>
        <Button type="submit" loading={adding.isPending}>
          {`Add ${formatCount(chosen.size)} Selected ${capital(chosen.size === 1 ? one : many)}`}
        </Button>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
      </DialogActions>
    </form>
  )
}

const capital = (text: string) => text.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())
