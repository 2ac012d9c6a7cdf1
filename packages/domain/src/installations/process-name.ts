import type { PackType } from '../packs/pack-type.ts'

/** What a process of a pack is called in the account: each installation of Multiple Attachments has its own. */
export function processName(installation: { packType: PackType; name: string }, process: string): string {
  return installation.packType === 'MULTI' ? `${installation.name} - ${process}` : process
}
