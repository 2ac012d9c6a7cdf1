import type { SessionView } from '@packline/contract/session.ts'
import { useMantineColorScheme } from '@mantine/core'
import { IconHelp, IconKeyboard, IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react'
import { messageOf } from '../lib/problem-message.ts'
import { paths } from '../paths.ts'
import { showBanner } from '../ui/banner-shelf.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { DisclosureItem } from '../ui/disclosure-item.tsx'
import classes from './tool-button.module.css'
import { useSignOut } from './use-sign-out.ts'

type UserMenuProps = { session: SessionView; onShortcuts: () => void }

export function UserMenu({ session: { user }, onShortcuts }: UserMenuProps) {
  // Keeping the transitions avoids a style element, which the policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const signOut = useSignOut((error) => showBanner({ tone: 'bad', text: messageOf(error) }))
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email
  return (
    <Disclosure
      label={`User menu of ${name}`}
      triggerClass={classes['root']}
      trigger={
        <>
          <IconUserCircle size={20} aria-hidden />
          <span className={classes['words']} data-yields>
            {name}
          </span>
        </>
      }
    >
      {(close) => (
        <>
          <p className={classes['panelTitle']}>{user.email}</p>
          <DisclosureItem to={paths.userInformation()} onClick={close}>
            <IconUser size={16} aria-hidden /> User Information
          </DisclosureItem>
          <DisclosureItem to={paths.help()} onClick={close}>
            <IconHelp size={16} aria-hidden /> Help
          </DisclosureItem>
          <DisclosureItem
            onClick={() => {
              close()
              onShortcuts()
            }}
          >
            <IconKeyboard size={16} aria-hidden /> Keyboard shortcuts
          </DisclosureItem>
          <fieldset className={classes['schemes']}>
            <legend>Colour scheme</legend>
            {schemes.map(([scheme, words]) => (
              <label key={scheme} className={classes['scheme']}>
                <input
                  type="radio"
                  name="colour-scheme"
                  checked={colorScheme === scheme}
                  onChange={() => setColorScheme(scheme)}
                />
                {words}
              </label>
            ))}
          </fieldset>
          <DisclosureItem onClick={signOut}>
            <IconLogout size={16} aria-hidden /> Sign out
          </DisclosureItem>
        </>
      )}
    </Disclosure>
  )
}

const schemes = [
  ['light', 'Light'],
  ['dark', 'Dark'],
  ['auto', 'As the system'],
] as const
