import { useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { api } from '../api.ts'
import { paths } from '../paths.ts'

/** Ends the session. Below the theme's provider only. */
export function useSignOut(onError: (error: Error) => void) {
  // Keeping the transitions avoids a style element, which the policy refuses.
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true })
  const { mutate } = useMutation({
    mutationFn: api.signOut,
    onSuccess: () => {
      // The server empties the browser's storage; the colour scheme is no secret and stays.
      setColorScheme(colorScheme)
      // A fresh page: nothing of the account stays in memory, and sign-in is not asked to come back here.
      window.location.assign(paths.signIn())
    },
    onError,
  })
  return () => mutate()
}
