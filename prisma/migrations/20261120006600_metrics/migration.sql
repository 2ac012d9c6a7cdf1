-- How many releases have failed is asked every few seconds; the history may have millions of others.
create index "Release_failed" on "Release" (id) where status = 'ERROR';
