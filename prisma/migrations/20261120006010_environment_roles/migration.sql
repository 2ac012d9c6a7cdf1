-- Environments that are kept to certain roles.

-- CreateTable
CREATE TABLE "EnvironmentRole" (
    "environmentId" UUID NOT NULL,
    "roleId" UUID NOT NULL,

    CONSTRAINT "EnvironmentRole_pkey" PRIMARY KEY ("environmentId","roleId")
);

-- CreateIndex
CREATE INDEX "EnvironmentRole_roleId_idx" ON "EnvironmentRole"("roleId");

-- AddForeignKey
ALTER TABLE "EnvironmentRole" ADD CONSTRAINT "EnvironmentRole_environmentId_fkey" FOREIGN KEY ("environmentId") REFERENCES "Environment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EnvironmentRole" ADD CONSTRAINT "EnvironmentRole_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
