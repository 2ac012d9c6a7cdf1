import type { AccountGroupView } from '@packline/contract/account-groups.ts'
import { useOutletContext } from 'react-router'

/** The group that the page around shows. */
export const useGroup = () => useOutletContext<AccountGroupView>()
