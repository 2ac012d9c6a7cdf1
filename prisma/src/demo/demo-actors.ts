import { userId } from './demo-accounts.ts'
import type { Author } from './demo-audit.ts'
import { demoPeople } from './demo-people.ts'

/** A user of the demo who acts in its story. */
export type DemoActor = Author & { id: string; timeZone: string }

/** The user of the demo with this first name. */
export function actorNamed(firstName: string): DemoActor {
  const person = demoPeople.find((one) => one.firstName === firstName)
  if (!person) throw new Error(`Nobody in the demo is called ${firstName}`)
  return { id: userId(person), name: `${firstName} ${person.lastName}`, timeZone: person.timeZone }
}

/** Who installed packs in accounts whose people cannot sign in to the demo. */
export const kiranOfKathmandu: Author = { id: null, name: 'Kiran Gurung' }
export const simonOfSuspended: Author = { id: null, name: 'Simon Okoro' }
