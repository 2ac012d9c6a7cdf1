import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AboutView } from '@packline/contract/session.ts'
import { demoAccountNames, demoPassword, demoPeople } from '@packline/database/demo/demo-people.ts'
import { isNewerZoneData } from '@packline/domain/time/zone-data.ts'
import { z } from 'zod'
import { zoneDataInUse } from '../../platform/zone-data.ts'

const rootPackage = join(import.meta.dirname, '../../../../../package.json')

/** What anybody may know: the version, the zone data, and in the demo who can sign in. */
export async function getAboutView({
  demo,
  singleSignOnLabel,
  zoneinfo,
}: {
  demo: boolean
  singleSignOnLabel?: string | undefined
  zoneinfo: string
}): Promise<AboutView> {
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(rootPackage, 'utf8')))
  const zoneDataVersion = zoneDataInUse
  const installed = await systemZoneData(zoneinfo)
  return {
    version,
    zoneDataVersion,
    newerZoneDataVersion: isNewerZoneData(installed, zoneDataVersion) ? installed : null,
    singleSignOn: singleSignOnLabel === undefined ? null : { label: singleSignOnLabel },
    demo: demo ? { password: demoPassword, users: demoUsers } : null,
  }
}

const demoUsers = demoPeople.map(({ email, roleName, accountId, timeZone }) => ({
  email,
  role: roleName,
  account: demoAccountNames[accountId],
  timeZone,
}))

/** Linux names the release in the first line of tzdata.zi, macOS in +VERSION; empty where neither is there. */
async function systemZoneData(directory: string): Promise<string> {
  const first = await startOf(join(directory, 'tzdata.zi'))
  return /^# version (\w+)/.exec(first)?.[1] ?? (await startOf(join(directory, '+VERSION'))).trim()
}

async function startOf(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined)
  if (!file) return ''
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64))
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
