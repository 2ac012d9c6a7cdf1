/**
 * What a person runs in a copy of Packline to install a node of an Atom: the agent, where the server is, the one-time token
 * and a directory. It asks for nothing but Node with npm on the machine.
 */
export function installCommand({
  url,
  token,
  atomName,
}: {
  url: string
  token: string
  atomName: string
}): string {
  return `npx --yes pnpm atom -- --url ${url} --token ${token} --dir ./atoms/${directoryOf(atomName)}`
}

/** Every name gives a directory name that no shell and no file system takes for anything else. */
function directoryOf(atomName: string): string {
  const slug = atomName
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
  return slug === '' ? 'atom' : slug
}
