-- An account can require two-step sign-in of everybody who works in it. Where single sign-on has vouched for somebody, the
-- provider has asked for what it asks for, and the session and the tokens made in it need nothing besides.

-- AlterTable
ALTER TABLE "Account" ADD COLUMN "requiresTwoStep" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Session" ADD COLUMN "isVouched" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "ApiToken" ADD COLUMN "isVouched" BOOLEAN NOT NULL DEFAULT false;

-- What the schema language cannot say.

-- Whoever has no password can have come by single sign-on only. The policies hold for the owner as well, who reaches rows
-- of all accounts as the system does.
set role packline_system;
update "Session" s set "isVouched" = true from "User" u where u.id = s."userId" and u."passwordHash" is null;
update "ApiToken" t set "isVouched" = true from "User" u where u.id = t."userId" and u."passwordHash" is null;
reset role;
