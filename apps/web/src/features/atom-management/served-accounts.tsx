import type { AtomView } from '@packline/contract/atoms.ts'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { usePermission } from '../../session.ts'
import type { WithETag } from '../../request.ts'
import { WhyNot } from '../../ui/why-not.tsx'
import classes from './properties.module.css'
import { ServeAccountsDialog } from './serve-accounts-dialog.tsx'

type ServedAccountsProps = { atom: WithETag<AtomView>; served: NonNullable<AtomView['servedAccounts']> }

/** The other accounts that an Atom Cloud of this account runs the integration packs of. */
export function ServedAccounts({ atom, served }: ServedAccountsProps) {
  const serve = usePermission('serve-accounts')
  const [isOpen, setOpen] = useState(false)
  return (
    <section aria-labelledby="served" className={classes['section']}>
      <h3 id="served">Accounts served</h3>
      {served.length === 0 ? (
        <p className={classes['quiet']}>It serves this account only.</p>
      ) : (
        <ul className={classes['served']} aria-label={`Accounts served by ${atom.name}`}>
          {served.map(({ id, name }) => (
            <li key={id}>
              {name} <span className={classes['account']}>{id}</span>
            </li>
          ))}
        </ul>
      )}
      {serve.kind === 'allowed' ? (
        <Button variant="default" size="sm" onClick={() => setOpen(true)}>
          Choose accounts
        </Button>
      ) : (
        <WhyNot>{serve.sentence}</WhyNot>
      )}
      <ServeAccountsDialog isOpen={isOpen} atom={atom} served={served} onClose={() => setOpen(false)} />
    </section>
  )
}
