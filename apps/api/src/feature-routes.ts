import type { FastifyInstance } from 'fastify'
import { aboutRoutes } from './features/about/about.routes.ts'
import { changeRoutes } from './features/changes/changes.routes.ts'
import { clockRoutes } from './features/clock/clock.routes.ts'
import { componentRoutes, uploadRoutes } from './features/components/components.routes.ts'
import { atomRoutes } from './features/atoms/atoms.routes.ts'
import { environmentRoutes } from './features/environments/environments.routes.ts'
import { installationRoutes } from './features/installations/installations.routes.ts'
import { updateRoutes } from './features/updates/updates.routes.ts'
import { sessionRoutes } from './features/sessions/sessions.routes.ts'
import { userRoutes } from './features/users/users.routes.ts'
import { releaseChangeRoutes } from './features/releases/release-changes.routes.ts'
import { releaseWizardRoutes } from './features/releases/release-wizard.routes.ts'
import { releaseRoutes } from './features/releases/releases.routes.ts'
import { rolloutRoutes } from './features/rollout/rollout.routes.ts'
import { packRoutes } from './features/integration-packs/integration-packs.routes.ts'
import { packPackageRoutes } from './features/integration-packs/pack-packages.routes.ts'
import { packDeletionRoutes } from './features/pack-deletion/pack-deletion.routes.ts'
import { packageRoutes } from './features/packaged-components/packaged-components.routes.ts'
import { packageDraftRoutes } from './features/packaged-components/package-draft.routes.ts'
import { apiTokenRoutes } from './features/api-tokens/api-tokens.routes.ts'
import type { Deps } from './platform/deps.ts'

/** Every feature of the console's API. */
export async function featureRoutes(app: FastifyInstance, deps: Deps) {
  await app.register(componentRoutes(deps))
  await app.register(uploadRoutes(deps))
  await app.register(packageRoutes(deps))
  await app.register(packageDraftRoutes(deps))
  await app.register(aboutRoutes(deps))
  await app.register(sessionRoutes(deps))
  await app.register(userRoutes(deps))
  await app.register(clockRoutes(deps))
  await app.register(releaseRoutes(deps))
  await app.register(releaseChangeRoutes(deps))
  await app.register(releaseWizardRoutes(deps))
  await app.register(rolloutRoutes(deps))
  await app.register(changeRoutes(deps))
  await app.register(packRoutes(deps))
  await app.register(packPackageRoutes(deps))
  await app.register(packDeletionRoutes(deps))
  await app.register(installationRoutes(deps))
  await app.register(environmentRoutes(deps))
  await app.register(atomRoutes(deps))
  await app.register(updateRoutes(deps))
  await app.register(apiTokenRoutes(deps))
}
