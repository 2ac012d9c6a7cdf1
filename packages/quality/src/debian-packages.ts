import { existsSync } from 'node:fs'

import { runCommand } from './run-command.ts'

/** Installs packages where this is Debian or a relative of it, and by root; elsewhere nothing happens. */
export async function installDebianPackages(packages: readonly string[]) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runCommand('apt-get', ['update', '-qq'], { env })
  await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env })
}
