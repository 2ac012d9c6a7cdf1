import { atomRefusal } from '../../features/atoms/atoms.refusals.ts'
import { editAtom } from '../../features/atoms/edit-atom.ts'
import { attribute, shape } from '../codec/shape.ts'
import { readByIds } from '../query/source.views.ts'
import { absent } from './absent.ts'
import { encodeId, idPatterns } from './conceptual-id.ts'
import { environmentAtoms } from './environment.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { partsOf, uuidOf } from './request-fields.ts'

const name = 'EnvironmentAtomAttachment'

/** An Atom is in one environment at most, so creating the attachment moves it. */
export const environmentAtomAttachment = platformObject({
  shape: shape(name, { id: attribute.text, atomId: attribute.text, environmentId: attribute.text }),
  reading: { action: 'view-environments', source: environmentAtoms, get: false, query: true },
  create: {
    action: 'edit-atom',
    run: async ({ tx, actor, now, body }) => {
      const atomId = uuidOf(body.atomId, 'atomId')
      const environmentId = uuidOf(body.environmentId, 'environmentId')
      const outcome = await editAtom(tx, actor, { atomId, environmentId }, now)
      if (outcome.kind === 'edited')
        return { kind: 'saved', id: encodeId(`ATTACH_ATOM_ENV${atomId}:${environmentId}`) }
      return outcome.kind === 'absent' ? absent('Atom', atomId) : refusedBecause(atomRefusal(outcome.reason))
    },
  },
  remove: {
    action: 'edit-atom',
    run: async ({ tx, actor, now, id }) => {
      const [atomId = ''] = partsOf(id, 'id', idPatterns.atomAttachment)
      if (!(await readByIds(tx, actor, environmentAtoms, [id])).has(id)) return absent(name, id)
      const outcome = await editAtom(tx, actor, { atomId, environmentId: null }, now)
      if (outcome.kind === 'edited') return { kind: 'deleted' }
      return outcome.kind === 'absent' ? absent(name, id) : refusedBecause(atomRefusal(outcome.reason))
    },
  },
})
