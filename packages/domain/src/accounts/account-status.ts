export type AccountStatus = 'trial' | 'active' | 'suspended' | 'deleted' | 'unlimited'

/** What a primary account may choose; suspending and reactivating are acts of their own. */
export type OpenAccountStatus = Exclude<AccountStatus, 'suspended' | 'deleted'>

/** Nobody works in such an account, and nothing is delivered to its Atoms (D-20). */
export const isHeld = (status: AccountStatus): boolean => status === 'suspended' || status === 'deleted'
