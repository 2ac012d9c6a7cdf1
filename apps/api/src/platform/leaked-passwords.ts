let loading: Promise<ReadonlySet<string>> | undefined

/**
 * Says whether a password is, in whatever letter case, among the 49,000 most frequent ones of known leaks. No service is
 * asked. The list is loaded when somebody first chooses a password: it takes 9 MB (measured), and most days nobody does.
 */
export async function leakedPasswords(): Promise<(password: string) => boolean> {
  loading ??= load()
  const leaked = await loading
  return (password) => leaked.has(password.trim().normalize('NFKC').toLowerCase())
}

async function load() {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}
