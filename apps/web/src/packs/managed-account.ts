import { queryClient } from '../query-client.ts'

const roots: ReadonlySet<unknown> = new Set(['installations', 'browse', 'environments', 'atoms'])

/** After a change of installations, attachments, environments or Atoms: whatever shows them is read again. */
export async function refreshManagedAccount() {
  await queryClient.invalidateQueries({ predicate: ({ queryKey }) => roots.has(queryKey[0]) })
}
