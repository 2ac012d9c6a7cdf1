import { describe, expect, test } from 'vitest'
import { zoneAliases } from './zone-aliases.ts'
import { canonicalTimeZone, timeZonesToOffer } from './zones.ts'

const listedByThePlatformApi = `
  Pacific/Pago_Pago Pacific/Niue Pacific/Honolulu America/Anchorage America/Tijuana America/Los_Angeles
  America/Phoenix America/Denver America/Mexico_City America/El_Salvador America/Chicago America/Panama
  America/New_York America/Lima America/Indianapolis America/Bogota America/Caracas Atlantic/Bermuda
  America/Santiago America/Puerto_Rico America/Halifax America/St_Johns America/Sao_Paulo America/Buenos_Aires
  Atlantic/South_Georgia Atlantic/Cape_Verde GMT Europe/London Europe/Lisbon Europe/Dublin Europe/Rome
  Europe/Prague Europe/Paris Europe/Brussels Europe/Berlin Europe/Amsterdam Europe/Minsk Europe/Istanbul
  Europe/Helsinki Europe/Bucharest Europe/Athens Asia/Jerusalem Africa/Johannesburg Africa/Cairo Europe/Moscow
  Asia/Riyadh Asia/Kuwait Asia/Baghdad Africa/Nairobi Asia/Tehran Asia/Tbilisi Asia/Dubai Asia/Kabul
  Asia/Yekaterinburg Asia/Tashkent Asia/Karachi Asia/Colombo Asia/Calcutta Asia/Katmandu Asia/Dacca Asia/Rangoon
  Asia/Saigon Asia/Jakarta Asia/Bangkok Australia/West Asia/Taipei Asia/Singapore Asia/Shanghai Asia/Manila
  Asia/Kuala_Lumpur Asia/Hong_Kong Asia/Tokyo Asia/Seoul Australia/North Australia/South Australia/NSW
  Australia/Queensland Australia/Lord_Howe Pacific/Guadalcanal Pacific/Norfolk Pacific/Fiji Pacific/Auckland
  Asia/Kamchatka Pacific/Chatham Pacific/Tongatapu Pacific/Enderbury Pacific/Kiritimati`
  .trim()
  .split(/\s+/)

const from = Temporal.Instant.from('1970-01-01T00:00:00Z')
const until = Temporal.Instant.from('2038-01-01T00:00:00Z')

/** Offset at the start and every change after it, as text: equal texts are equal clocks. */
function clockOf(timeZone: string): string {
  const parts: string[] = []
  let point: Temporal.ZonedDateTime | null = from.toZonedDateTimeISO(timeZone)
  while (point !== null && Temporal.Instant.compare(point.toInstant(), until) < 0) {
    parts.push(`${point.epochMilliseconds} ${point.offset}`)
    point = point.getTimeZoneTransition('next')
  }
  return parts.join('\n')
}

describe('R-45 the listed zones are accepted', () => {
  test('there are 87 of them', () => {
    expect(listedByThePlatformApi).toHaveLength(87)
  })

  test.each(listedByThePlatformApi)('%s', (name) => {
    const canonical = canonicalTimeZone(name)
    expect(canonical).toBeDefined()
    expect(clockOf(canonical ?? '')).toBe(clockOf(name))
  })
})

describe('D-14 every zone of the data in use is accepted', () => {
  test('each name the runtime lists, and its stored form is stable', () => {
    for (const name of Intl.supportedValuesOf('timeZone')) {
      const canonical = canonicalTimeZone(name)
      expect(canonical, name).toBeDefined()
      expect(canonicalTimeZone(canonical ?? ''), name).toBe(canonical)
    }
  })

  test.each([
    'Etc/GMT+5',
    'Etc/GMT-14',
    'America/Argentina/Buenos_Aires',
    'America/Port-au-Prince',
    'UTC',
    'GMT',
  ])('%s is its own stored form', (name) => {
    expect(canonicalTimeZone(name)).toBe(name)
  })
})

describe('D-14 aliases are stored under the modern name', () => {
  test.each([
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Asia/Katmandu', 'Asia/Kathmandu'],
    ['Asia/Rangoon', 'Asia/Yangon'],
    ['Asia/Saigon', 'Asia/Ho_Chi_Minh'],
    ['Asia/Dacca', 'Asia/Dhaka'],
    ['Europe/Kiev', 'Europe/Kyiv'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Australia/NSW', 'Australia/Sydney'],
    ['America/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
    ['America/Indianapolis', 'America/Indiana/Indianapolis'],
    ['Pacific/Enderbury', 'Pacific/Kanton'],
    ['US/Eastern', 'America/New_York'],
    ['Japan', 'Asia/Tokyo'],
    ['Etc/UTC', 'UTC'],
    ['Etc/Greenwich', 'GMT'],
    ['Europe/Amsterdam', 'Europe/Amsterdam'],
  ])('%s → %s', (name, canonical) => {
    expect(canonicalTimeZone(name)).toBe(canonical)
  })

  test.each(Object.entries(zoneAliases))('%s has the same clock as %s', (alias, canonical) => {
    expect(clockOf(alias)).toBe(clockOf(canonical))
    expect(zoneAliases[canonical]).toBeUndefined()
  })

  test('letter case is mended (b07)', () => {
    expect(canonicalTimeZone('europe/berlin')).toBe('Europe/Berlin')
    expect(canonicalTimeZone('ASIA/CALCUTTA')).toBe('Asia/Kolkata')
    expect(canonicalTimeZone('utc')).toBe('UTC')
    expect(canonicalTimeZone('america/port-au-prince')).toBe('America/Port-au-Prince')
  })
})

describe('D-14 what is not a zone name is refused', () => {
  test.each([
    ['a place that does not exist (b01)', 'Mars/Olympus'],
    ['empty text (b02)', ''],
    ['an abbreviation (b03)', 'IST'],
    ['an abbreviation that Intl accepts (b04)', 'CST'],
    ['an abbreviation that Temporal accepts', 'EST'],
    ['a rule abbreviation', 'EST5EDT'],
    ['Central European Time', 'CET'],
    ['a country code', 'GB'],
    ['an offset (b05)', '+05:30'],
    ['a bare offset', '+05'],
    ['a POSIX typo (b06)', 'Pacfic/Aukland+3'],
    ['GMT with an offset', 'GMT+5'],
    ['Z', 'Z'],
    ['Etc/Unknown', 'Etc/Unknown'],
    ['a space behind', 'Europe/Berlin '],
    ['a date with a zone, which Temporal would read', '2026-01-01T00:00[Europe/Berlin]'],
    ['a path', '../Europe/Berlin'],
    ['posix/…', 'posix/Europe/Berlin'],
    ['a word every object knows', 'constructor'],
    ['Factory', 'Factory'],
  ])('%s', (_what, name) => {
    expect(canonicalTimeZone(name)).toBeUndefined()
  })
})

describe('zones to offer', () => {
  test('are stored names, each once, in order, with UTC', () => {
    const names = timeZonesToOffer()
    expect(names).toEqual([...new Set(names)].sort())
    expect(names.every((name) => canonicalTimeZone(name) === name)).toBe(true)
    expect(names).toEqual(expect.arrayContaining(['UTC', 'Asia/Kolkata', 'Europe/Kyiv', 'Pacific/Chatham']))
    expect(names).not.toContain('Asia/Calcutta')
    expect(names.length).toBeGreaterThan(400)
  })
})
