import { attribute, element, listOf, shape } from '../codec/shape.ts'
import { availablePacks, processes } from './integration-pack.views.ts'
import { platformObject } from './platform-object.ts'

/** The packs that this account may install. */
export const integrationPack = platformObject({
  shape: shape('IntegrationPack', {
    id: attribute.text,
    name: attribute.text,
    installationType: attribute.text,
    Description: element.text,
  }),
  reading: { action: 'browse-packs', source: availablePacks, get: true, query: true },
})

/** The processes of installed packs. */
export const process = platformObject({
  shape: shape('Process', {
    id: attribute.text,
    name: attribute.text,
    Description: element.text,
    IntegrationPack: listOf(
      shape('ProcessIntegrationPackInfo', {
        integrationPackId: attribute.text,
        integrationPackInstanceId: attribute.text,
      }),
    ),
  }),
  reading: { action: 'view-installations', source: processes, get: true, query: true },
})
