export type AccountStatus = 'trial' | 'active' | 'suspended' | 'deleted' | 'unlimited'

/** What a primary account may choose; suspending and reactivating are acts of their own. */
export type OpenAccountStatus = Exclude<AccountStatus, 'suspended' | 'deleted'>
