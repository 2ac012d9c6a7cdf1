import { actorNamed } from '../demo-actors.ts'
import { addPackages, createPack } from './edit-history.ts'
import type { PackHistory, StoryBook } from './pack-history.ts'

/** Never released: its rows have nothing but a pending version, one of them a newer one since. */
export function partnerOnboarding(book: StoryBook): PackHistory {
  const { daysAgo } = book.calendar
  const rosa = actorNamed('Rosa')
  const pack = createPack(book, {
    name: 'Partner Onboarding',
    type: 'MULTI',
    description:
      'Registers trading partners and exchanges EDI messages with them. One installation for each partner.',
    at: daysAgo(9, '13:20'),
    by: rosa,
  })
  addPackages(pack, ['Partner registration', 'EDI acknowledgements'], { at: daysAgo(9, '13:24'), by: rosa })
  return pack
}
