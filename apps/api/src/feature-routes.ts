import type { FastifyInstance } from 'fastify'
import { accountUserRoutes } from './features/account-users/account-users.routes.ts'
import { aboutRoutes } from './features/about/about.routes.ts'
import { changeRoutes } from './features/changes/changes.routes.ts'
import { clockRoutes } from './features/clock/clock.routes.ts'
import { componentRoutes, uploadRoutes } from './features/components/components.routes.ts'
import { managedAccountRoutes } from './features/accounts/accounts.routes.ts'
import { ownAccountRoutes } from './features/accounts/own-account.routes.ts'
import { atomRoutes } from './features/atoms/atoms.routes.ts'
import { environmentRoutes } from './features/environments/environments.routes.ts'
import { installationRoutes } from './features/installations/installations.routes.ts'
import { updateRoutes } from './features/updates/updates.routes.ts'
import { singleSignOnRoutes } from './features/sessions/single-sign-on.routes.ts'
import { twoStepRoutes } from './features/sessions/two-step.routes.ts'
import { sessionRoutes } from './features/sessions/sessions.routes.ts'
import { invitationLinkRoutes } from './features/invitations/invitation-links.routes.ts'
import { invitationRoutes } from './features/invitations/invitations.routes.ts'
import { passwordResetRoutes } from './features/password-resets/password-resets.routes.ts'
import { roleRoutes } from './features/roles/roles.routes.ts'
import { userRoutes } from './features/users/users.routes.ts'
import { releaseChangeRoutes } from './features/releases/release-changes.routes.ts'
import { releaseWizardRoutes } from './features/releases/release-wizard.routes.ts'
import { releaseRoutes } from './features/releases/releases.routes.ts'
import { punctualityRoutes } from './features/punctuality/punctuality.routes.ts'
import { noticeRoutes } from './features/notices/notices.routes.ts'
import { rolloutRoutes } from './features/rollout/rollout.routes.ts'
import { packRoutes } from './features/integration-packs/integration-packs.routes.ts'
import { packPackageRoutes } from './features/integration-packs/pack-packages.routes.ts'
import { packDeletionRoutes } from './features/pack-deletion/pack-deletion.routes.ts'
import { packageRoutes } from './features/packaged-components/packaged-components.routes.ts'
import { packageDraftRoutes } from './features/packaged-components/package-draft.routes.ts'
import { auditLogRoutes } from './features/audit-log/audit-log.routes.ts'
import { apiTokenRoutes } from './features/api-tokens/api-tokens.routes.ts'
import { accountGroupRoutes } from './features/account-groups/account-groups.routes.ts'
import { groupAccountRoutes } from './features/account-groups/group-accounts.routes.ts'
import { groupPackRoutes } from './features/account-groups/group-packs.routes.ts'
import { groupRoleRoutes } from './features/account-groups/group-roles.routes.ts'
import { groupUserRoutes } from './features/account-groups/group-users.routes.ts'
import { webhookDeliveryRoutes } from './features/webhooks/webhook-deliveries.routes.ts'
import { webhookRoutes } from './features/webhooks/webhooks.routes.ts'
import type { Deps } from './platform/deps.ts'

/** Every feature of the console's API. */
export async function featureRoutes(app: FastifyInstance, deps: Deps) {
  await app.register(componentRoutes(deps))
  await app.register(uploadRoutes(deps))
  await app.register(packageRoutes(deps))
  await app.register(packageDraftRoutes(deps))
  await app.register(aboutRoutes(deps))
  await app.register(sessionRoutes(deps))
  await app.register(singleSignOnRoutes(deps))
  await app.register(twoStepRoutes(deps))
  await app.register(userRoutes(deps))
  await app.register(roleRoutes(deps))
  await app.register(accountUserRoutes(deps))
  await app.register(invitationRoutes(deps))
  await app.register(invitationLinkRoutes(deps))
  await app.register(passwordResetRoutes(deps))
  await app.register(clockRoutes(deps))
  await app.register(releaseRoutes(deps))
  await app.register(releaseChangeRoutes(deps))
  await app.register(releaseWizardRoutes(deps))
  await app.register(rolloutRoutes(deps))
  await app.register(punctualityRoutes(deps))
  await app.register(noticeRoutes(deps))
  await app.register(changeRoutes(deps))
  await app.register(packRoutes(deps))
  await app.register(packPackageRoutes(deps))
  await app.register(packDeletionRoutes(deps))
  await app.register(installationRoutes(deps))
  await app.register(environmentRoutes(deps))
  await app.register(atomRoutes(deps))
  await app.register(updateRoutes(deps))
  await app.register(webhookRoutes(deps))
  await app.register(webhookDeliveryRoutes(deps))
  await app.register(ownAccountRoutes(deps))
  await app.register(managedAccountRoutes(deps))
  await app.register(apiTokenRoutes(deps))
  await app.register(auditLogRoutes(deps))
  await app.register(accountGroupRoutes(deps))
  await app.register(groupAccountRoutes(deps))
  await app.register(groupUserRoutes(deps))
  await app.register(groupPackRoutes(deps))
  await app.register(groupRoleRoutes(deps))
}
