import { element, shape } from '../codec/shape.ts'
import { deployedPackages } from './packaged-component.views.ts'
import { platformObject, refusedBecause } from './platform-object.ts'

const throughPacks = refusedBecause({
  status: 400,
  code: 'deployed-through-packs',
  message:
    'Packages run in an environment through an integration pack. Attach an IntegrationPackInstance to the environment, or detach it, with IntegrationPackEnvironmentAttachment.',
})

/** What runs in the account's environments. It comes and goes with the packs attached to them. */
export const deployedPackage = platformObject({
  shape: shape('DeployedPackage', {
    deploymentId: element.text,
    version: element.integer,
    packageId: element.text,
    packageVersion: element.text,
    environmentId: element.text,
    componentId: element.text,
    componentVersion: element.integer,
    componentType: element.text,
    deployedDate: element.dateTime,
    deployedBy: element.text,
    notes: element.text,
    active: element.boolean,
    listenerStatus: element.text,
    message: element.text,
    branchName: element.text,
  }),
  reading: { action: 'view-installations', source: deployedPackages, get: true, query: true },
  create: { action: 'attach-pack', run: async () => throughPacks },
  remove: { action: 'detach-pack', run: async () => throughPacks },
})
