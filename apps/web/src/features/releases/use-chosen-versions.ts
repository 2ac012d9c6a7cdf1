import type { ReleaseDraft } from '@packline/contract/releases.ts'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { versionChoicesQuery } from './release-wizard.queries.ts'
import type { ChosenVersions } from './wizard-address.ts'
import { componentsToLookUp, wizardRows } from './wizard-rows.ts'

/** The rows of the wizard with the versions of the address, looked up where the draft does not name them itself. */
export function useChosenVersions(draft: ReleaseDraft, chosen: ChosenVersions) {
  const wanted = useMemo(() => componentsToLookUp(draft, chosen), [draft, chosen])
  const lookups = useQueries({
    queries: wanted.map((componentId) => versionChoicesQuery(draft.packId, componentId)),
  })
  const known = new Map(
    lookups.flatMap(({ data }, at) => {
      const componentId = wanted[at]
      return data && componentId !== undefined ? [[componentId, data] as const] : []
    }),
  )
  return {
    ...wizardRows(draft, chosen, known),
    error: lookups.find(({ error }) => error !== null)?.error ?? null,
    retry: () => {
      for (const lookup of lookups) if (lookup.error) void lookup.refetch()
    },
  }
}

export type ChosenVersionsView = ReturnType<typeof useChosenVersions>
