import { Button } from '@mantine/core'
import type { TokenView } from '@packline/contract/api-tokens.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { usePermission } from '../../session.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Allowed } from '../../ui/why-not.tsx'
import { CreateTokenDialog } from './create-token-dialog.tsx'
import { RevokeTokenDialog } from './revoke-token-dialog.tsx'
import classes from './settings.module.css'
import { settingsQueries } from './settings.queries.ts'
import { TokenTable } from './token-table.tsx'

/** The ways in for the user's scripts: which there are, a new one, and the end of one. */
export function ApiTokens() {
  const { data: tokens, error, refetch } = useQuery(settingsQueries.tokens)
  const [isCreating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<TokenView | null>(null)
  const permission = usePermission('manage-own-tokens')
  const createButton = (
    <Allowed permission={permission}>
      <Button variant="default" onClick={() => setCreating(true)}>
        New API token
      </Button>
    </Allowed>
  )
  return (
    <>
      <p className={classes['note']}>
        A script with a token acts as you, in the account where the token was made: it may do what you may, or
        less. A token stops working when you lose API Access or your place in that account.
      </p>
      {error && !tokens ? (
        <ErrorState title="The tokens could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <div className={classes['list']}>
          <TokenTable
            tokens={tokens}
            empty={<EmptyState action={createButton}>You have no API tokens.</EmptyState>}
            onRevoke={setRevoking}
          />
          {tokens && tokens.length > 0 && createButton}
        </div>
      )}
      <CreateTokenDialog isOpen={isCreating} onClose={() => setCreating(false)} />
      <RevokeTokenDialog token={revoking} onClose={() => setRevoking(null)} />
    </>
  )
}
