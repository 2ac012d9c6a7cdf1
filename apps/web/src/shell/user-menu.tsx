import type { SessionView } from '@packline/contract/session.ts'
import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { IconKeyboard, IconLogout, IconUser, IconUserCircle } from '@tabler/icons-react'
import { Link, useNavigate } from 'react-router'
import { api } from '../api.ts'
import { messageOf } from '../lib/problem-message.ts'
import { paths } from '../paths.ts'
import { queryClient, sessionKey } from '../query-client.ts'
import { forgetAccountData } from '../session-query.ts'
import { clearBanners, showBanner } from '../ui/banner-shelf.tsx'
import classes from './tool-button.module.css'

type UserMenuProps = { session: SessionView; onShortcuts: () => void }

export function UserMenu({ session: { user }, onShortcuts }: UserMenuProps) {
  // Keeping the transitions avoids a style element, which the policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const navigate = useNavigate()
  const { mutate: signOut } = useMutation({
    mutationFn: api.signOut,
    onSuccess: async () => {
      // The server empties the browser's storage; the colour scheme is no secret and stays.
      setColorScheme(colorScheme)
      clearBanners()
      // First away from here, so that sign-in is not asked to come back to this page.
      await navigate(paths.signIn())
      forgetAccountData()
      queryClient.setQueryData(sessionKey, null)
    },
    onError: (error) => showBanner({ tone: 'bad', text: messageOf(error) }),
  })
  const name = [user.firstName, user.lastName].filter(Boolean).join(' ') || user.email
  return (
    <Menu withinPortal={false} position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes['root'] ?? ''} aria-label={`User menu of ${name}`}>
          <IconUserCircle size={20} aria-hidden />
          <span className={classes['words']}>{name}</span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item
          component={Link}
          to={paths.userInformation()}
          leftSection={<IconUser size={16} aria-hidden />}
        >
          User Information
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={onShortcuts}>
          Keyboard shortcuts
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Colour scheme</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(value) => setColorScheme(value === 'light' || value === 'dark' ? value : 'auto')}
        >
          <Menu.RadioItem value="light">Light</Menu.RadioItem>
          <Menu.RadioItem value="dark">Dark</Menu.RadioItem>
          <Menu.RadioItem value="auto">As the system</Menu.RadioItem>
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
