import { createEnvironment } from '../../features/environments/create-environment.ts'
import { deleteEnvironment } from '../../features/environments/delete-environment.ts'
import { environmentRefusal } from '../../features/environments/environments.refusals.ts'
import { renameEnvironment } from '../../features/environments/rename-environment.ts'
import { attribute, shape } from '../codec/shape.ts'
import { environments } from './environment.views.ts'
import { absent } from './absent.ts'
import { platformObject, refusedBecause } from './platform-object.ts'
import { oneOf, required, uuidOf } from './request-fields.ts'

const environmentShape = shape('Environment', {
  id: attribute.text,
  name: attribute.text,
  classification: attribute.text,
  parentAccount: attribute.text,
  parentEnvironment: attribute.text,
})

export const environment = platformObject({
  shape: environmentShape,
  reading: {
    action: 'view-environments',
    source: environments,
    get: true,
    query: true,
    rowsOf: ({ key }) => [{ table: 'Environment', where: { id: String(key) } }],
  },
  create: {
    action: 'create-environment',
    run: async ({ tx, actor, now, body }) => {
      const { name, classification = 'PROD' } = body
      const isTest = oneOf(classification, 'classification', ['PROD', 'TEST']) === 'TEST'
      const outcome = await createEnvironment(
        tx,
        actor,
        { name: required(name, 'name'), classification: isTest ? 'TEST' : 'PRODUCTION' },
        now,
      )
      return outcome.kind === 'created'
        ? { kind: 'saved', id: outcome.environmentId }
        : refusedBecause(environmentRefusal(outcome.reason))
    },
  },
  update: {
    action: 'edit-environment',
    run: async ({ tx, actor, now, id, body }) => {
      const environmentId = uuidOf(id, 'id')
      const outcome = await renameEnvironment(
        tx,
        actor,
        { environmentId, name: required(body.name, 'name') },
        now,
      )
      if (outcome.kind === 'renamed') return { kind: 'saved', id: environmentId }
      return outcome.kind === 'absent'
        ? absent('Environment', id)
        : refusedBecause(environmentRefusal(outcome.reason))
    },
  },
  remove: {
    action: 'delete-environment',
    run: async ({ tx, actor, now, id }) => {
      const outcome = await deleteEnvironment(tx, actor, uuidOf(id, 'id'), now)
      if (outcome.kind === 'deleted') return outcome
      return outcome.kind === 'absent'
        ? absent('Environment', id)
        : refusedBecause(environmentRefusal(outcome.reason))
    },
  },
})
