-- Packages that somebody deploys to an environment by themselves, beside the integration packs attached there.

-- CreateEnum
CREATE TYPE "ListenerStatus" AS ENUM ('RUNNING', 'PAUSED');

-- CreateTable
CREATE TABLE "Deployment" (
    "id" UUID NOT NULL,
    "accountId" TEXT NOT NULL,
    "environmentId" UUID NOT NULL,
    "componentId" UUID NOT NULL,
    "packageId" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "notes" TEXT NOT NULL DEFAULT '',
    "listenerStatus" "ListenerStatus",
    "deployedAt" TIMESTAMPTZ(3) NOT NULL,
    "deployedByName" TEXT NOT NULL DEFAULT '',
    "endedAt" TIMESTAMPTZ(3),
    "endedByName" TEXT,

    CONSTRAINT "Deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "DeploymentDelivery" (
    "deploymentId" UUID NOT NULL,
    "nodeId" UUID NOT NULL,
    "state" "DeliveryState" NOT NULL,
    "cause" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "progressBytes" BIGINT NOT NULL DEFAULT 0,
    "totalBytes" BIGINT NOT NULL DEFAULT 0,
    "changedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DeploymentDelivery_pkey" PRIMARY KEY ("deploymentId","nodeId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Deployment_environmentId_componentId_version_key" ON "Deployment"("environmentId", "componentId", "version");

-- CreateIndex
CREATE INDEX "Deployment_accountId_idx" ON "Deployment"("accountId");

-- CreateIndex
CREATE INDEX "Deployment_packageId_idx" ON "Deployment"("packageId");

-- CreateIndex
CREATE INDEX "DeploymentDelivery_nodeId_idx" ON "DeploymentDelivery"("nodeId");

-- AddForeignKey
ALTER TABLE "Deployment" ADD CONSTRAINT "Deployment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deployment" ADD CONSTRAINT "Deployment_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Deployment" ADD CONSTRAINT "Deployment_packageId_fkey" FOREIGN KEY ("packageId") REFERENCES "PackagedComponent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeploymentDelivery" ADD CONSTRAINT "DeploymentDelivery_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DeploymentDelivery" ADD CONSTRAINT "DeploymentDelivery_nodeId_fkey" FOREIGN KEY ("nodeId") REFERENCES "AtomNode"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say.

-- One deployment of a component runs in an environment.
create unique index "Deployment_active_key" on "Deployment" ("environmentId", "componentId") where "endedAt" is null;
alter table "Deployment" add constraint "Deployment_notes" check (char_length(notes) <= 5000);
