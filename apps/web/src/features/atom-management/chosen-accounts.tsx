import type { ServedAccount } from '@packline/contract/atoms.ts'
import { LinkButton } from '../../ui/link-button.tsx'
import classes from './chosen-accounts.module.css'

type ChosenAccountsProps = {
  served: readonly ServedAccount[]
  chosen: readonly ServedAccount[]
  onRemove: (account: ServedAccount) => void
}

/** The accounts as they would be saved, and what taking some off undoes. */
export function ChosenAccounts({ served, chosen, onRemove }: ChosenAccountsProps) {
  const left = served.filter(({ id }) => chosen.every((one) => one.id !== id))
  return (
    <section aria-labelledby="chosen-accounts" className={classes['root']}>
      <h3 id="chosen-accounts" className={classes['heading']}>
        Accounts served
      </h3>
      {chosen.length === 0 ? (
        <p className={classes['none']}>None beside this account.</p>
      ) : (
        <ul className={classes['list']}>
          {chosen.map((account) => (
            <li key={account.id}>
              <span className={classes['account']}>
                {account.name} <span className={classes['id']}>{account.id}</span>
              </span>
              <LinkButton aria-label={`Take off ${account.name}`} onClick={() => onRemove(account)}>
                Take off
              </LinkButton>
            </li>
          ))}
        </ul>
      )}
      {left.length > 0 && (
        <p className={classes['left']}>
          Saving takes {left.map(({ name }) => name).join(', ')} off: the Atom Cloud leaves{' '}
          {left.length === 1 ? 'its environment' : 'their environments'}, and nothing runs there any more.
        </p>
      )}
    </section>
  )
}
