-- Where there is no mail server, an administrator sees the link for another user's new password. It sets one only while
-- that user belongs to the administrator's account and to no other.
alter table "PasswordReset"
  add column "shownInAccountId" text references "Account" (id) on delete cascade;
