type Zone = { name: string; offset: string; aliases: readonly string[] }

/** "Europe/Berlin (UTC+01:00)"; underscores are written as they are stored, so that the name can be copied. */
export const labelOfZone = (name: string, offset: string) =>
  `${name} (UTC${offset === '+00:00' ? '' : offset})`

/** Zones in whose name, older names or offset every typed word is found; those that begin with it come first. */
export function findTimeZones<Found extends Zone>(zones: readonly Found[], typed: string): Found[] {
  const wanted = fold(typed).split(' ').filter(Boolean)
  const matches = zones.filter(({ name, offset, aliases }) => {
    const text = [labelOfZone(name, offset), ...aliases].map(fold).join(' ')
    return wanted.every((word) => text.includes(word))
  })
  const isNear = ({ name }: Found) =>
    fold(name)
      .split('/')
      .some((part) => part.startsWith(wanted[0] ?? ''))
  return [...matches.filter(isNear), ...matches.filter((zone) => !isNear(zone))]
}

const fold = (text: string) => text.toLowerCase().replaceAll('_', ' ').replaceAll('−', '-')
