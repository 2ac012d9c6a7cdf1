import { dictionary } from '@zxcvbn-ts/language-common'

const leaked: ReadonlySet<string> = new Set(dictionary['passwords-common'])

/** Is it, in whatever letter case, among the 49,000 most frequent passwords of known leaks? No service is asked. */
export const isLeakedPassword = (password: string): boolean =>
  leaked.has(password.trim().normalize('NFKC').toLowerCase())
