import { account } from './account.ts'
import { accountGroup } from './account-group.ts'
import { accountGroupAccount, accountGroupIntegrationPack } from './account-group-members.ts'
import { accountGroupUserRole } from './account-group-user-role.ts'
import { accountUserRole } from './account-user-role.ts'
import { atom } from './atom.ts'
import { auditLog, event } from './audit-log.ts'
import { component } from './component.ts'
import { deployedPackage } from './deployed-package.ts'
import { environment } from './environment.ts'
import { environmentRole } from './environment-role.ts'
import { environmentAtomAttachment } from './environment-atom-attachment.ts'
import { integrationPack, process } from './integration-pack.ts'
import {
  integrationPackAtomAttachment,
  integrationPackEnvironmentAttachment,
} from './integration-pack-attachments.ts'
import { integrationPackInstance } from './integration-pack-instance.ts'
import { packagedComponent, packagedComponentManifest } from './packaged-component.ts'
import type { PlatformObject } from './platform-object.ts'
import { publisherIntegrationPack } from './publisher-integration-pack.ts'
import { releaseIntegrationPack } from './release-integration-pack.ts'
import { releaseIntegrationPackStatus } from './release-integration-pack-status.ts'
import { assignableRoles, role } from './role.ts'

/** Every object of the Platform API, in the order of its documentation. */
export const allObjects: readonly PlatformObject[] = [
  publisherIntegrationPack,
  releaseIntegrationPack,
  releaseIntegrationPackStatus,
  integrationPack,
  integrationPackInstance,
  integrationPackEnvironmentAttachment,
  integrationPackAtomAttachment,
  component,
  packagedComponent,
  packagedComponentManifest,
  deployedPackage,
  process,
  environment,
  environmentAtomAttachment,
  environmentRole,
  atom,
  account,
  accountGroup,
  accountGroupAccount,
  accountGroupIntegrationPack,
  accountGroupUserRole,
  accountUserRole,
  role,
  assignableRoles,
  auditLog,
  event,
]
